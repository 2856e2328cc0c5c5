import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dropFromDisk } from './support/drag.ts';
import { demoFiles, flipBit, without, writeFolder, writeTar, type Files } from './support/given.ts';
import { expect, test } from './support/test.ts';

/**
 * Every way in for a model that comes as files: chosen or dropped, one tar or a folder. The files are on the disk, and
 * go through the browser's own file chooser and drag and drop.
 */
const NAME = 'My-Model';
const SHARD = 'params_shard_1.bin';
const CONFIG = 'mlc-chat-config.json';

let disk: string;
test.beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), 'given-'));
});
test.afterEach(() => rmSync(disk, { recursive: true }));

/** The model beside so many other files that the browser lists them in several parts, some folders down. */
function crowdedFolder(): string {
  const files: Files = new Map();
  for (const [path, bytes] of demoFiles()) files.set(`deep/model/${path}`, bytes);
  for (let other = 0; other < 250; other++) files.set(`deep/model/${other}.txt`, Buffer.from('other'));
  files.set('a/b/c/notes.txt', Buffer.from('notes'));
  return writeFolder(disk, NAME, files);
}

const WAYS: Record<string, (page: Page) => Promise<void>> = {
  'a tar that is chosen': (page) => choose(page, 'Choose a file', writeTar(disk, NAME, demoFiles())),
  'a tar that is dropped': (page) => dropFromDisk(page, writeTar(disk, NAME, demoFiles())),
  'a folder that is chosen': (page) => choose(page, 'Choose a folder', writeFolder(disk, NAME, demoFiles())),
  'a folder that is dropped': (page) => dropFromDisk(page, writeFolder(disk, NAME, demoFiles())),
};

for (const [way, give] of Object.entries(WAYS)) {
  test(`${way} is a model that answers with the server gone`, async ({ app, page, server }) => {
    await app.open('#/storage');
    await give(page);
    await expect(page.getByText(`${NAME} is stored here now, and every file is checked.`)).toBeVisible();
    await expect(page.getByText(/^Ready for the plane\./)).toBeVisible();
    await server.stop();
    await app.button(`Load ${NAME}`).click();
    await app.expectSession('ready');
    await app.ask('What is a token?');
    await expect.poll(() => app.number('Tokens'), { timeout: 60_000 }).toBeGreaterThan(0);
    await app.expectSession('ready');
  });
}

test('a model is found in a dropped folder of hundreds of files', async ({ app, page }) => {
  await app.open('#/storage');
  await dropFromDisk(page, crowdedFolder());
  await expect(page.getByText('model is stored here now, and every file is checked.')).toBeVisible();
});

const text = (words: string): Files => new Map([['notes.txt', Buffer.from(words)]]);

/** What is given, and the one sentence that it gets. */
const BAD: [string, () => string, string][] = [
  ['a zip', () => only('photos.zip', 'PK\u0003\u0004 photos'), 'photos.zip is not an exported model.'],
  ['a PDF', () => only('paper.pdf', '%PDF-1.7'.padEnd(2000)), 'paper.pdf is not an exported model.'],
  [
    'a tar of something else',
    () => writeTar(disk, 'notes', text('notes')),
    `notes.tar holds no model: there is no ${CONFIG} in it.`,
  ],
  [
    'a folder without a config',
    () => writeFolder(disk, NAME, without(demoFiles(), CONFIG)),
    `${NAME} holds no model: there is no ${CONFIG} in it.`,
  ],
  [
    'a folder without one of its shards',
    () => writeFolder(disk, NAME, without(demoFiles(), SHARD)),
    `${NAME} is not complete: there is no ${SHARD} in it.`,
  ],
  [
    'a tar with a damaged shard',
    () => writeTar(disk, NAME, flipBit(demoFiles(), SHARD)),
    `${NAME}.tar is damaged: its file ${SHARD} is not as it should be.`,
  ],
];

for (const [what, write, sentence] of BAD) {
  test(`${what} is refused by its name`, async ({ app, page }) => {
    await app.open('#/storage');
    await dropFromDisk(page, write());
    const alert = page.getByRole('alert');
    await expect(alert).toContainText(sentence);
    await app.button('Dismiss').click();
    await expect(alert).toBeHidden();
  });
}

function only(name: string, words: string): string {
  return join(writeFolder(disk, '.', new Map([[name, Buffer.from(words)]])), name);
}

async function choose(page: Page, button: string, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(path);
}
