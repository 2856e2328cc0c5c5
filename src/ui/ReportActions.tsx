import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Result } from '../bench/result.ts';
import { Button } from './parts/Button.tsx';
import { useFetched } from './parts/fetched.ts';
import css from './Report.module.css';
import { canSend, copyLink, copyTable, loadFiles, saveFile, sendLink } from './sending.ts';

interface Props {
  result: Result;
  /** Somebody else sent it. */
  elsewhere: boolean;
  /** What comes before the rest, and what after it. */
  first?: ComponentChildren;
  last?: ComponentChildren;
}

const loadCard = () => import('./ResultCard.tsx').then(({ ResultCard }) => ResultCard);
const loadCode = () => import('./ResultCode.tsx').then(({ ResultCode }) => ResultCode);

/** What can be done with a result. */
export function ReportActions({ result, elsewhere, first, last }: Props) {
  const card = useFetched(loadCard);
  const code = useFetched(loadCode);
  useEffect(() => void loadFiles(), []);
  return (
    <div class={css.actions}>
      {first}
      <Button onClick={() => void copyLink(result)}>Copy link</Button>
      {canSend && <Button onClick={() => void sendLink(result)}>Share…</Button>}
      <Button onClick={card.ask}>Image…</Button>
      <Button onClick={code.ask}>QR code</Button>
      <div class={css.files}>
        <Button look="quiet" name="Copy as Markdown" onClick={() => void copyTable(result)}>
          Markdown
        </Button>
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
      {card.Part && <card.Part result={result} elsewhere={elsewhere} onClose={card.drop} />}
      {code.Part && <code.Part result={result} onClose={code.drop} />}
    </div>
  );
}
