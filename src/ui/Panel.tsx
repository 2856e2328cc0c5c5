import { contextUse, lastUsage } from '../state/playground.ts';
import css from './Panel.module.css';
import { Figure } from './parts/Figure.tsx';
import { count } from './words.ts';

/** How full the context window is. */
export function ContextUse() {
  const use = contextUse.value;
  if (!use) return null;
  const share = use.used / use.total;
  return (
    <div class={css.section}>
      <h2 class={css.title} id="context-title">
        Context window
      </h2>
      <meter class={css.meter} aria-labelledby="context-title" max={use.total} value={use.used} />
      <p class={css.note}>
        {count(use.used)} of {count(use.total)} tokens
        {share > 0.8 && ' · a new chat will be needed soon'}
      </p>
    </div>
  );
}

/** web-llm's own account of the latest answer, word for word. */
export function EngineFigures() {
  const pairs = flatten(lastUsage.value ?? {});
  return (
    <details class={css.details}>
      <summary>Engine’s own figures</summary>
      {pairs.length === 0 ? (
        <p class={css.note}>They come with the first answer of this visit.</p>
      ) : (
        <dl class={css.pairs}>
          {pairs.map(([key, value]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>
                <Figure value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

function flatten(record: Record<string, unknown>): [string, string][] {
  return Object.entries(record).flatMap(([key, value]): [string, string][] => {
    if (value === undefined || value === null) return [];
    if (typeof value === 'object') return flatten(value as Record<string, unknown>);
    return [
      [key, typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(5) : String(value)],
    ];
  });
}

/** What the figures mean. */
export function Definitions() {
  return (
    <details class={css.details}>
      <summary>What these mean</summary>
      <dl class={css.definitions}>
        <div>
          <dt>TTFT</dt>
          <dd>
            Time to first token: from your question’s arrival at the engine to the first token read back from
            the GPU.
          </dd>
        </div>
        <div>
          <dt>Prefill</dt>
          <dd>Tokens of the prompt, divided by TTFT: how fast the model reads.</dd>
        </div>
        <div>
          <dt>Decode</dt>
          <dd>
            How fast it writes: all tokens but the first, over the time between the first and the last. Each
            token’s time is taken beside the GPU.
          </dd>
        </div>
        <div>
          <dt>Tokens</dt>
          <dd>Generated in this answer, the one that ends it included.</dd>
        </div>
      </dl>
    </details>
  );
}
