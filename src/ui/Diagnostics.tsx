import { useEffect, useState } from 'preact/hooks';
import { collectFacts, writeReport } from '../state/diagnostics.ts';
import css from './Diagnostics.module.css';
import { Button } from './parts/Button.tsx';
import { copyText } from './sending.ts';

/** What a bug report says, to be read before it is copied. Nothing is sent anywhere. */
export function Diagnostics() {
  const [report, setReport] = useState<string | null>(null);
  useEffect(() => void collectFacts().then((facts) => setReport(writeReport(facts))), []);
  if (report === null) return <p class={css.note}>Looking…</p>;
  return (
    <div class={css.report}>
      <p class={css.note}>
        This is all of it: no question, no answer and no system prompt. It goes to the clipboard and nowhere
        else.
      </p>
      <textarea class={css.text} readOnly aria-label="Report" value={report} />
      <div>
        <Button onClick={() => void copyText(report, 'The report is copied.')}>Copy the report</Button>
      </div>
    </div>
  );
}
