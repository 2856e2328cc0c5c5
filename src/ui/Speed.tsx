import { computed } from '@preact/signals';
import { isGenerating, liveSpeed } from '../state/live.ts';
import { lastMeasures, lastTokens } from '../state/playground.ts';
import { Figure } from './parts/Figure.tsx';
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

/** The live figures. While an answer is written they are the page's own clock; after it, the worker's stamps. */
export function Speed() {
  return (
    <section aria-label="Speed">
      <dl class={`${css.dials} ${isGenerating.value ? css.generating : ''}`}>
        <div>
          <dt>TTFT</dt>
          <dd>
            <Figure value={ttftValue} unit={ttftUnit} />
          </dd>
        </div>
        <div>
          <dt>Prefill</dt>
          <dd>
            <Figure value={prefill} unit="tok/s" />
          </dd>
        </div>
        <div class={css.decode}>
          <dt>Decode</dt>
          <dd>
            <Figure value={decode} unit="tok/s" />
          </dd>
        </div>
        <div>
          <dt>Tokens</dt>
          <dd>
            <Figure value={tokens} />
          </dd>
        </div>
      </dl>
    </section>
  );
}
