import { expect, type Page } from '@playwright/test';

const COPY = 1;

/** Drops a file or a folder of this machine onto a page, through the browser's own drag and drop, once the page invites it. */
export async function dropFromDisk(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? { width: 400, height: 400 };
  const data = { items: [], files: [path], dragOperationsMask: COPY };
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  await drag('dragEnter');
  await expect(async () => {
    await drag('dragOver');
    await expect(page.locator('[data-over=true]')).toBeVisible({ timeout: 500 });
  }).toPass();
  await drag('drop');
  await session.detach();
}
