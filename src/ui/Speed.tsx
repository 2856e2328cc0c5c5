import { computed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Term } from '../bench/definitions.ts';
import { isGenerating, liveSpeed } from '../state/live.ts';
import { lastMeasures, lastTokens } from '../state/playground.ts';
import { useFetched } from './parts/fetched.ts';
import { Figure } from './parts/Figure.tsx';
import termCss from './ReportTerm.module.css';
import css from './Speed.module.css';
import { count, rate, span, UNKNOWN } from './words.ts';

// Each is one text node's content: while an answer streams, nothing but these nodes changes in the panel.
const ttft = computed(() =>
  span(liveSpeed.value ? liveSpeed.value.ttftMs : (lastMeasures.value?.ttftMs ?? null)),
);
const ttftValue = computed(() => ttft.value.value);
const ttftUnit = computed(() => ttft.value.unit);
const prefill = computed(() => rate(liveSpeed.value ? null : (lastMeasures.value?.prefillTps ?? null)));
const decode = computed(() =>
  rate(liveSpeed.value ? liveSpeed.value.decodeTps : (lastMeasures.value?.decodeTps ?? null)),
);
const tokens = computed(() => {
  const known = liveSpeed.value ? liveSpeed.value.tokens : lastTokens.value;
  return known === null ? UNKNOWN : count(known);
});

const loadDefinition = () => import('./ReportTerm.tsx').then(({ Definition }) => Definition);

/** The live figures. While an answer is written they are the page's own clock; after it, the worker's stamps. */
export function Speed() {
  const definition = useFetched(loadDefinition);
  const [term, setTerm] = useState<Term>('decode');
  const explain = (wanted: Term) => {
    setTerm(wanted);
    definition.ask();
  };
  return (
    <section aria-label="Speed">
      <dl class={`${css.dials} ${isGenerating.value ? css.generating : ''}`}>
        <div class={css.decode}>
          <Name term="decode" onAsk={explain}>
            Decode
          </Name>
          <dd>
            <Figure value={decode} unit="tok/s" />
          </dd>
        </div>
        <div>
          <Name term="ttft" onAsk={explain}>
            TTFT
          </Name>
          <dd>
            <Figure value={ttftValue} unit={ttftUnit} />
          </dd>
        </div>
        <div class={css.wide}>
          <Name term="prefill" onAsk={explain}>
            Prefill
          </Name>
          <dd>
            <Figure value={prefill} unit="tok/s" />
          </dd>
        </div>
        <div>
          <dt>Tokens</dt>
          <dd>
            <Figure value={tokens} />
          </dd>
        </div>
      </dl>
      {definition.Part && <definition.Part term={term} onClose={definition.drop} />}
    </section>
  );
}

interface NameProps {
  term: Term;
  onAsk: (term: Term) => void;
  children: ComponentChildren;
}

/** A figure's name; what it means is fetched with the click. */
function Name({ term, onAsk, children }: NameProps) {
  return (
    <dt>
      <button type="button" class={termCss.term} aria-haspopup="dialog" onClick={() => onAsk(term)}>
        {children}
      </button>
    </dt>
  );
}
