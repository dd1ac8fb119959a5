/** The ways in which people run ComfyUI that break panels. */
import type { Page } from '@playwright/test';

import { expect, get, paste, test, type Stage } from './stage';

async function fetchOne(page: Page, stage: Stage): Promise<void> {
  const panel = await stage.open(page);
  const prop = stage.prop('ae');
  await paste(panel, prop.link);
  await get(panel);
  await expect(panel.getByRole('region', { name: 'Finished today' })).toBeVisible();
  expect(stage.holds(prop)).toBe(true);
}

test.describe('below a sub-path', () => {
  test.skip(({ frontend }) => frontend === null, 'a sub-path is a matter of ComfyUI');
  test.use({ options: ['--sub-path', '/comfy'] });

  test('the panel and its full page find everything', async ({ page, stage }) => {
    expect(new URL(stage.ready.url).pathname).toBe('/comfy/');
    await fetchOne(page, stage);
    const [full] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Open as a full page' }).click(),
    ]);
    await expect(full.getByRole('region', { name: 'Finished today' })).toBeVisible();
  });
});

test.describe('with a content security policy', () => {
  test.skip(({ frontend }) => frontend === null, 'the policy is one of ComfyUI');
  test.use({ options: ['--disable-api-nodes'] });

  test('nothing of the panel is forbidden', async ({ page, stage }) => {
    const forbidden: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) forbidden.push(message.location().url);
    });
    await fetchOne(page, stage);
    expect(forbidden.filter((url) => url.includes('/extensions/'))).toEqual([]);
  });
});
