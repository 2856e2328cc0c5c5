import type { ComponentChildren } from 'preact';
import type { Result } from '../bench/result.ts';
import { Button } from './parts/Button.tsx';
import css from './Report.module.css';
import { canSend, copyLink, copyText, saveFile, sendLink } from './sending.ts';

interface Props {
  result: Result;
  markdown: string;
  /** More to do, before the rest. */
  children?: ComponentChildren;
}

/** What can be done with a result. */
export function ReportActions({ result, markdown, children }: Props) {
  return (
    <div class={css.actions}>
      {children}
      <Button onClick={() => void copyLink(result)}>Copy link</Button>
      {canSend && <Button onClick={() => void sendLink(result)}>Share…</Button>}
      <Button onClick={() => void copyText(markdown, 'Copied as a Markdown table.')}>Copy as Markdown</Button>
      <Button look="quiet" name="Save as JSON" onClick={() => saveFile(result, 'json')}>
        JSON
      </Button>
      <Button look="quiet" name="Save as CSV" onClick={() => saveFile(result, 'csv')}>
        CSV
      </Button>
    </div>
  );
}
