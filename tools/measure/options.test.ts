import { expect, test } from 'vitest';
import { addressOf, moveLink, readOptions } from './options.mjs';

test('without parameters the demo model is measured by the short plan and told as a table', () => {
  expect(readOptions([])).toEqual({
    model: 'demo',
    plan: 'measure',
    form: 'markdown',
    site: null,
    out: null,
    headed: false,
    profile: null,
    flags: [],
    patienceMs: 7_200_000,
  });
});

test('all that can be said is read', () => {
  const asked = [
    '--model',
    'a',
    '--preset',
    'quick',
    '--link',
    '--site',
    'https://x.example/app/?q#h',
    '--headed',
  ];
  const read = readOptions([...asked, '--flag=--use-angle=vulkan', '--flag=--b', '--minutes', '0.5']);
  expect(read).toMatchObject({ model: 'a', plan: 'quick', form: 'link', headed: true, patienceMs: 30_000 });
  expect(read).toMatchObject({ site: 'https://x.example/app/', flags: ['--use-angle=vulkan', '--b'] });
  expect(readOptions(['--help'])).toBeNull();
});

test.each([
  [['--json', '--link'], /--json and --link exclude each other/],
  [['--site', 'javascript:alert(1)'], /--site wants an http or https address/],
  [['--minutes', 'soon'], /--minutes wants a number/],
  [['--modell', 'x'], /Unknown option '--modell'/],
  [['x'], /Unexpected argument/],
])('%j is refused', (parameters, words) => {
  expect(() => readOptions(parameters)).toThrow(words);
});

test('what is asked for is in the address, whatever it holds', () => {
  const address = addressOf({ model: 'a&b #c', plan: 'pp8_tg8_w0_r1-1' });
  expect(address).toBe('#/measure?plan=pp8_tg8_w0_r1-1&variant=a%26b+%23c');
});

test('a link moves to another site with all that it holds', () => {
  expect(moveLink('http://127.0.0.1:4/#r=1.abc', 'https://x.example/app/')).toBe(
    'https://x.example/app/#r=1.abc',
  );
  expect(moveLink('http://127.0.0.1:4/#r=1.abc', null)).toBe('http://127.0.0.1:4/#r=1.abc');
});
