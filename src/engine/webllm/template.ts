/** Where a model's template opens a thought for the model. */
export interface Opening {
  /** The prompt ends inside a thought, unless the request asks for none. */
  thinksAtOnce: boolean;
  /** What web-llm merges over the template. */
  overrides: Record<string, unknown>;
}

/** What web-llm writes after a role where the template does not say. */
const PLAIN_SEPARATOR = ': ';

/**
 * Lets a template open a thought for the answer to come, and for no other. Qwen 3.5's as published has the tag in the
 * name of the role, which web-llm writes before every answer: earlier ones would read as thoughts without an end, and the
 * empty thought of `enable_thinking: false` would stand inside an open one. It belongs where an answer is still missing,
 * as in the model's own template. https://github.com/mlc-ai/mlc-llm/pull/3550
 */
export function openingOf(template: Record<string, unknown>): Opening {
  const { roles, role_empty_sep: separator } = template;
  const assistant = String((roles as Record<string, unknown> | undefined)?.['assistant'] ?? '');
  const between = typeof separator === 'string' ? separator : PLAIN_SEPARATOR;
  const at = assistant.search(/\s*<think>/);
  const moved = {
    roles: { ...(roles as object), assistant: assistant.slice(0, at) },
    role_empty_sep: assistant.slice(at) + between,
  };
  return {
    thinksAtOnce: /<think>\s*$/.test(assistant + between),
    overrides: at < 0 ? {} : { conv_config: moved },
  };
}
