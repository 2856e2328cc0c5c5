import { expect, test } from 'vitest';
import { sampleResult } from '../bench/samples.ts';
import { fileOf } from './report-files.ts';
import { parseRoute, route } from './route.ts';
import { linkOf, messageOf, runHereAddress, shared } from './shared.ts';
import { view } from './report.ts';

const PAGE = 'https://host.example/app/?model=x#/measure/1';

test('a link opens to a report with the same headline, on the page it was made on', async () => {
  const result = await sampleResult();
  const link = linkOf(result, PAGE);
  expect(link).toMatch(/^https:\/\/host\.example\/app\/#r=3\.[\w-]+$/);
  route.value = parseRoute(new URL(link).hash);
  const opened = shared.value;
  expect(opened?.ok && view(opened.result, true).headline).toEqual(view(result).headline);
  expect(shared.value?.ok && view(shared.value.result, true).verdict).toContain('That GPU');
});

test('a link that holds no result says so, and other pages hold none', () => {
  route.value = parseRoute('#r=1.!!');
  expect(shared.value).toMatchObject({ ok: false, code: 'damaged' });
  route.value = parseRoute('#r=4.abc');
  expect(shared.value).toMatchObject({ ok: false, code: 'newer-version' });
  route.value = parseRoute('#/measure');
  expect(shared.value).toBeNull();
});

test('the same plan and variant can be asked for here', async () => {
  const address = runHereAddress(await sampleResult());
  expect(parseRoute(address)).toEqual({
    page: 'measure',
    result: null,
    plan: 'measure',
    variant: 'scripted',
  });
});

test('a message is a sentence with the link', async () => {
  globalThis.location = { href: PAGE } as Location;
  const { text, url } = messageOf(await sampleResult());
  expect(text).toMatch(/runs here at .* tok\/s/);
  expect(url).toContain('#r=3.');
});

test('files have a name that any system accepts', async () => {
  const result = await sampleResult();
  const odd = { ...result, model: { ...result.model, variant: 'a/../b c' } };
  expect(fileOf(odd, 'csv')).toMatchObject({
    name: 'runs-here-a_.._b_c-202611221200.csv',
    type: 'text/csv',
  });
  expect(JSON.parse(fileOf(result, 'json').text)).toEqual(result);
});
