import { expect, it } from 'vitest';
import { openingOf } from './template.ts';

const USER = '<|im_start|>user';
const ASSISTANT = '<|im_start|>assistant';

function of(assistant: string, separator?: string) {
  return openingOf({ roles: { user: USER, assistant }, role_empty_sep: separator, role_content_sep: '\n' });
}

/** What web-llm writes before an answer to come, and before an earlier one, with what it is told here merged in. */
function written(assistant: string, separator: string) {
  const moved = of(assistant, separator).overrides['conv_config'] as
    { roles: { assistant: string }; role_empty_sep: string } | undefined;
  const role = moved?.roles.assistant ?? assistant;
  return { toCome: role + (moved?.role_empty_sep ?? separator), earlier: `${role}\n` };
}

it.each<[string, string, string]>([
  ['in the role, as Qwen 3.5 was published', `${ASSISTANT}\n<think>`, '\n'],
  ['before the answer to come', ASSISTANT, '\n<think>\n'],
])('tells that a template opens a thought %s', (_where, role, separator) => {
  expect(of(role, separator).thinksAtOnce).toBe(true);
});

it.each<[string, string, string]>([
  ['none', ASSISTANT, '\n'],
  ['one that is closed at once', `${ASSISTANT}\n<think>\n\n</think>\n`, '\n'],
])('tells that a template opens %s', (_what, role, separator) => {
  expect(of(role, separator).thinksAtOnce).toBe(false);
});

it.each<[string, string]>([
  ['an open thought', `${ASSISTANT}\n<think>`],
  ['an empty thought', `${ASSISTANT}\n<think>\n\n</think>\n`],
])('keeps %s for the answer to come, out of earlier ones', (_what, role) => {
  expect(written(role, '\n')).toEqual({ toCome: `${role}\n`, earlier: `${ASSISTANT}\n` });
});

it('changes nothing else, and nothing where there is nothing to move', () => {
  expect(of(`${ASSISTANT}<think>`).overrides).toEqual({
    conv_config: { roles: { user: USER, assistant: ASSISTANT }, role_empty_sep: '<think>: ' },
  });
  expect(of(ASSISTANT, '\n<think>\n').overrides).toEqual({});
  expect(openingOf({})).toEqual({ thinksAtOnce: false, overrides: {} });
});
