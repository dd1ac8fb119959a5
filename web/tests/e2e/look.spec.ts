/** The panel as people see it. */
import type { Locator } from '@playwright/test';

import { NARROW, expectNothingCut, keep, lighten } from './looks';
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

for (const scheme of ['dark', 'light'] as const) {
  test(`queue and workflow, ${scheme} @screenshot`, async ({ page, stage }, info) => {
    await page.emulateMedia({ colorScheme: scheme });
    if (!stage.inside) await page.setViewportSize(NARROW);
    const panel = await stage.open(page);
    if (stage.inside && scheme === 'light') await lighten(page);
    await fill(stage, panel);
    await expectNothingCut(panel);
    await keep(page, info, 'queue', scheme);
    await paste(panel, stage.prop('qwen').link);
    await expectNothingCut(panel);
    await keep(page, info, 'paste', scheme);
    await panel.getByRole('button', { name: 'Clear' }).click();
    await stage.openWorkflow(page, panel);
    await expect(panel.locator('.dock')).toBeVisible();
    await expectNothingCut(panel);
    await keep(page, info, 'workflow', scheme);
  });

  test(`a workflow that needs help, ${scheme} @screenshot`, async ({ page, stage }, info) => {
    await page.emulateMedia({ colorScheme: scheme });
    if (!stage.inside) await page.setViewportSize(NARROW);
    const panel = await stage.open(page);
    if (stage.inside && scheme === 'light') await lighten(page);
    const workflow = stage.ready.unsettled;
    await stage.openWorkflow(page, panel, { name: 'Unsettled', workflow });
    await expect(panel.locator('[data-state=relink] .diff')).toBeVisible();
    await expect(panel.locator('[data-state=missing]')).not.toContainText('Being searched for');
    await expectNothingCut(panel);
    await keep(page, info, 'unsettled', scheme);
    await panel.getByRole('button', { name: 'Paste a link' }).click();
    await page.keyboard.insertText(stage.prop('detail_tweaker').link);
    await expect(panel.getByRole('button', { name: /^Get as/ })).toBeVisible();
    await expectNothingCut(panel);
  });

  test(`the full page, ${scheme} @screenshot`, async ({ page, stage }, info) => {
    await page.emulateMedia({ colorScheme: scheme });
    if (stage.inside) {
      const found = await stage.open(page).then(() => page.context());
      const [opened] = await Promise.all([
        found.waitForEvent('page'),
        page.getByRole('button', { name: 'Open as a full page' }).click(),
      ]);
      await opened.emulateMedia({ colorScheme: scheme });
      await opened.setViewportSize({ width: 1440, height: 900 });
      const full = opened.locator('.mk');
      await fill(stage, full);
      await expectNothingCut(full);
      await keep(opened, info, 'full', scheme);
      return;
    }
    const panel = await stage.open(page);
    await fill(stage, panel);
    await expectNothingCut(panel);
    await keep(page, info, 'full', scheme);
  });
}
