import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Term as TermName } from '../bench/definitions.ts';
import { definitionOf } from '../state/report-figures.ts';
import { Dialog } from './parts/Dialog.tsx';
import css from './ReportTerm.module.css';

interface Props {
  term: TermName;
  children?: ComponentChildren;
}

/** A word with its definition one click away. The browser opens and closes it, by keyboard too. */
export function Term({ term, children }: Props) {
  const id = useId();
  const { name } = definitionOf(term);
  return (
    <>
      <button type="button" class={css.term} popovertarget={id}>
        {children ?? name}
      </button>
      <div id={id} popover="auto" class={css.definition}>
        <p class={css.name}>{name}</p>
        <Meaning term={term} />
      </div>
    </>
  );
}

/** The definition alone, for a word that is on the page before this part of it is. */
export function Definition({ term, onClose }: { term: TermName; onClose: () => void }) {
  return (
    <Dialog title={definitionOf(term).name} onClose={onClose}>
      <div class={css.meaning}>
        <Meaning term={term} />
      </div>
    </Dialog>
  );
}

function Meaning({ term }: { term: TermName }) {
  const { meaning, formula, source } = definitionOf(term);
  return (
    <>
      <p>{meaning}</p>
      <p>
        <code>{formula}</code>
      </p>
      <p class={css.source}>
        After{' '}
        <a href={source.url} rel="noreferrer" target="_blank">
          {source.name}
        </a>
      </p>
    </>
  );
}
