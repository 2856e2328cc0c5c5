import type { ThoughtCost } from '../state/conversation.ts';
import css from './Conversation.module.css';
import { count, span } from './words.ts';

interface ThoughtProps {
  text: string;
  /** It has not come to its end. */
  thinking?: boolean;
  cost: ThoughtCost | null;
}

/** What a model thought before its answer: how long that took, and folded away, the thought itself. */
export function Thought({ text, thinking = false, cost }: ThoughtProps) {
  return (
    <details class={css.thought}>
      <summary>{thinking ? `Thinking…${soFar(cost)}` : told(cost)}</summary>
      <p>{text}</p>
    </details>
  );
}

/** Whole seconds, which can be read while they change. */
function soFar(cost: ThoughtCost | null): string {
  return cost ? ` ${Math.floor(cost.ms / 1000)} s, ${tokens(cost)}` : '';
}

function told(cost: ThoughtCost | null): string {
  if (!cost) return 'What it thought first';
  const { value, unit } = span(cost.ms);
  return `Thought for ${value} ${unit}, ${tokens(cost)}`;
}

function tokens(cost: ThoughtCost): string {
  return `${count(cost.tokens)} ${cost.tokens === 1 ? 'token' : 'tokens'}`;
}
