import type { ComponentChildren } from 'preact';
import type { Result } from '../bench/result.ts';
import { Button } from './parts/Button.tsx';
import css from './Report.module.css';
import { canSend, copyLink, copyText, saveFile, sendLink } from './sending.ts';

interface Props {
  result: Result;
  markdown: string;
  /** What comes before the rest, and what after it. */
  first?: ComponentChildren;
  last?: ComponentChildren;
}

/** What can be done with a result. */
export function ReportActions({ result, markdown, first, last }: Props) {
  return (
    <div class={css.actions}>
      {first}
      <Button onClick={() => void copyLink(result)}>Copy link</Button>
      {canSend && <Button onClick={() => void sendLink(result)}>Share…</Button>}
      <Button onClick={() => void copyText(markdown, 'Copied as a Markdown table.')}>Copy as Markdown</Button>
      <Button look="quiet" name="Save as JSON" onClick={() => void saveFile(result, 'json')}>
        JSON
      </Button>
      <Button look="quiet" name="Save as CSV" onClick={() => void saveFile(result, 'csv')}>
        CSV
      </Button>
      <Button look="quiet" name="Save as JSONL" onClick={() => void saveFile(result, 'jsonl')}>
        JSONL
      </Button>
      {last}
    </div>
  );
}
