/** The panel as people see it. */
import type { Locator } from '@playwright/test';

import { NARROW, expectNothingCut, keepBoth } from './looks';
import { expect, get, paste, rowOf, test, type Stage } from './stage';

async function fill(stage: Stage, panel: Locator): Promise<void> {
  for (const name of ['z_image_turbo', 'wan2.2', 'detail_tweaker']) {
    await paste(panel, stage.prop(name).link);
    await get(panel);
    await expect(rowOf(panel, stage.prop(name)).or(panel.locator('.finished'))).not.toHaveCount(0);
  }
  await expect(panel.locator('[data-state=running] [data-bytes]').first()).not.toHaveAttribute(
    'data-bytes',
    '0',
  );
}

test('queue and workflow @screenshot', async ({ page, stage }, info) => {
  if (!stage.inside) await page.setViewportSize(NARROW);
  const panel = await stage.open(page);
  await fill(stage, panel);
  await keepBoth(page, panel, info, 'queue', stage);
  await paste(panel, stage.prop('qwen').link);
  await keepBoth(page, panel, info, 'paste', stage);
  await panel.getByRole('button', { name: 'Clear' }).click();
  await stage.openWorkflow(page, panel);
  await expect(panel.locator('.dock')).toBeVisible();
  await keepBoth(page, panel, info, 'workflow', stage);
});

test('a workflow that needs help @screenshot', async ({ page, stage }, info) => {
  if (!stage.inside) await page.setViewportSize(NARROW);
  const panel = await stage.open(page);
  const workflow = stage.ready.unsettled;
  await stage.openWorkflow(page, panel, { name: 'Unsettled', workflow });
  await expect(panel.locator('[data-state=relink] .diff')).toBeVisible();
  await expect(panel.locator('[data-state=missing]')).not.toContainText('Being searched for');
  await keepBoth(page, panel, info, 'unsettled', stage);
  await panel.getByRole('button', { name: 'Paste a link' }).click();
  await page.keyboard.insertText(stage.prop('detail_tweaker').link);
  await expect(panel.getByRole('button', { name: /^Get as/ })).toBeVisible();
  await expectNothingCut(panel);
});

test('the full page @screenshot', async ({ page, stage }, info) => {
  const panel = await stage.open(page);
  if (!stage.inside) {
    await fill(stage, panel);
    await keepBoth(page, panel, info, 'full', stage);
    return;
  }
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('button', { name: 'Open as a full page' }).click(),
  ]);
  await opened.setViewportSize({ width: 1440, height: 900 });
  const full = opened.locator('.mk');
  await fill(stage, full);
  await keepBoth(opened, full, info, 'full', { inside: false });
});
