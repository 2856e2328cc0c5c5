import { turns } from '../state/conversation.ts';
import { rival } from '../state/gpu-lock.ts';
import { newChat } from '../state/playground.ts';
import { isOpening, loaded, recovering, session, target } from '../state/session.ts';
import { Composer } from './Composer.tsx';
import { Conversation } from './Conversation.tsx';
import { MeasureInvitation } from './MeasureInvitation.tsx';
import { Opening } from './Opening.tsx';
import { OpeningFailure } from './OpeningFailure.tsx';
import { OtherTab } from './OtherTab.tsx';
import { ContextUse, Definitions, EngineFigures } from './Panel.tsx';
import { Button } from './parts/Button.tsx';
import css from './Playground.module.css';
import { RunDemo } from './RunDemo.tsx';
import { Samples } from './Samples.tsx';
import { Speed } from './Speed.tsx';
import { adapterName } from './gpu.ts';

/** The conversation, and beside it the instruments. */
export function Playground() {
  return (
    <div class={css.grid}>
      <Top />
      <div class={css.talk}>
        <div class={css.above}>
          <Conversation />
          <Situation />
        </div>
        {hasModel() && (
          <div class={css.below}>
            <Samples />
            <Composer />
          </div>
        )}
      </div>
      <aside class={css.side} aria-label="Instruments">
        <div class={css.speed}>
          <Speed />
        </div>
        <div>
          <ContextUse />
          {hasModel() && <MeasureInvitation />}
          <EngineFigures />
          <Definitions />
        </div>
      </aside>
    </div>
  );
}

function hasModel(): boolean {
  return !rival.value && (session.value === 'ready' || session.value === 'busy');
}

function Top() {
  const model = target.value?.model;
  return (
    <div class={css.top}>
      <div>
        <h1 tabIndex={-1}>{model ? model.name : 'Playground'}</h1>
        <p class={css.model}>{modelLine()}</p>
      </div>
      {turns.value.length > 0 && (
        <Button onClick={() => void newChat()} disabled={session.value === 'busy'}>
          New chat
        </Button>
      )}
    </div>
  );
}

function modelLine(): string {
  const variant = target.value?.variant;
  if (!variant) return 'No model is on the GPU.';
  const facts = loaded.value;
  if (!facts)
    return isOpening.value ? `${variant.quantization}, on its way to your GPU` : variant.quantization;
  const place = facts.adapter.software ? 'on software, not a GPU' : `on ${adapterName(facts.adapter)}`;
  return `${variant.quantization}, ${place}`;
}

/** What stands between the visitor and an answer, if anything does. */
function Situation() {
  if (rival.value) return <OtherTab />;
  if (isOpening.value)
    return (
      <>
        <Recovering />
        <Opening />
      </>
    );
  if (session.value === 'failed') return <OpeningFailure />;
  if (session.value === 'absent') return <NoModel />;
  if (turns.value.length === 0) return <p class={css.note}>The model is ready. Ask it something.</p>;
  return null;
}

/** Why a model is being loaded that nobody asked for. */
function Recovering() {
  const why = recovering.value;
  // An answer that broke off has said so already.
  if (turns.value.at(-1)?.failure) return null;
  return why && <p class={css.note}>{why.message} The model is loaded again; what was said stays.</p>;
}

function NoModel() {
  const returning = turns.value.length > 0;
  return (
    <div class={css.absent}>
      <p>{returning ? 'To go on, put a model on the GPU.' : 'Put a model on the GPU first.'}</p>
      <RunDemo />
      <p>
        <a href="#/">Choose another model</a>
      </p>
    </div>
  );
}
