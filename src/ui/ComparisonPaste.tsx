import { useRef, useState } from 'preact/hooks';
import { MOST_SIGNS } from '../share/paste.ts';
import { comparePasted } from '../state/history-compare-paste.ts';
import css from './ComparisonPaste.module.css';
import { Button } from './parts/Button.tsx';
import { Section } from './parts/Section.tsx';

const WORDS =
  'Paste result links, or any text that has some in it. They are read here, on this device, and compared with what is ticked above, or with the newest.';

/** Compare with results that others sent: whatever text they came in is pasted as it is. */
export function ComparisonPaste() {
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState<string[]>([]);
  const submit = (event: Event) => {
    event.preventDefault();
    const pasted = comparePasted(field.current?.value ?? '');
    setSaid(pasted.said);
    if (pasted.address) location.hash = pasted.address;
    else field.current?.focus();
  };
  return (
    <Section id="paste-title" title="Compare with links" words={WORDS}>
      <form class={css.form} onSubmit={submit}>
        <label htmlFor="paste-text">Links, or text with links in it</label>
        <textarea
          id="paste-text"
          ref={field}
          rows={3}
          // A browser lays out megabytes slowly. One sign more than is read lets it be said that there is more.
          maxLength={MOST_SIGNS + 1}
          spellcheck={false}
          autocomplete="off"
        />
        <output class={css.said}>{said.join(' ')}</output>
        <div>
          <Button type="submit">Compare them</Button>
        </div>
      </form>
    </Section>
  );
}
