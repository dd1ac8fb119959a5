/** The library: what is in the folders is found, looked at, changed, and had back. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { NARROW, SCHEMES, dress, expectNothingCut, keep } from './looks';
import { expect, test, type Stage } from './stage';

test.use({ options: ['--library'] });

/** One red pixel. */
const RED = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

function card(panel: Locator, name: string): Locator {
  return panel.locator(`[data-model="${name}.safetensors"]`);
}

function has(stage: Stage, path: string): boolean {
  return existsSync(join(stage.ready.models, `${path}.safetensors`));
}

/** Opens the library; whoever opens it first has the folders looked at. */
async function openLibrary(stage: Stage, page: Page): Promise<Locator> {
  const panel = await stage.open(page);
  await panel.getByRole('tab', { name: 'Library' }).click();
  await expect(card(panel, 'brutalist-concrete').getByText('SDXL 1.0')).toBeVisible();
  return panel;
}

async function search(panel: Locator, text: string): Promise<void> {
  await panel.getByRole('search').getByRole('textbox').fill(text);
}

test('models are found, changed, moved, thrown away, and had back', async ({ page, stage }) => {
  if (!stage.inside) await page.setViewportSize(NARROW);
  const panel = await openLibrary(stage, page);
  const found = panel.getByRole('grid');
  await expect(found).toHaveAttribute('data-total', '21');

  await test.step('search', async () => {
    await search(panel, 'base:flux size>160MB ');
    await expect(panel.locator('.chip')).toHaveText(['base:flux', 'size>160MB']);
    await expect(found).toHaveAttribute('data-total', '3');
    await search(panel, 'nocolour:red');
    await expect(panel.locator('.help .bad')).toContainText('nocolour');
    await page.keyboard.press('Escape');
    await expect(found).toHaveAttribute('data-total', '21');
  });

  await test.step('the keyboard', async () => {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const columns = await panel.locator('.line').first().locator('[data-index]').count();
    await expect(panel.locator(`[data-index="${columns}"]`)).toBeFocused();
    await page.keyboard.press('/');
    await expect(panel.getByRole('search').getByRole('textbox')).toBeFocused();
  });

  await test.step('the menu of a model', async () => {
    await page.keyboard.press('ArrowDown');
    const first = panel.locator('[data-index="0"]');
    await first.focus();
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menuitem', { name: 'Details' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(first).toBeFocused();
    await first.click({ button: 'right' });
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await first.hover();
    await first.getByRole('button', { name: 'More' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(first).toBeFocused();
  });

  await test.step('one after the other to the trash, by keyboard, and back', async () => {
    const names = async (): Promise<(string | null)[]> =>
      panel.locator('.card').evaluateAll((cards) => cards.slice(0, 3).map((each) => each.getAttribute('data-model')));
    const [first, second, third] = await names();
    await panel.locator('[data-index="1"]').focus();
    await page.keyboard.press('Delete');
    await expect(found).toHaveAttribute('data-total', '20');
    await expect(panel.locator(`[data-model="${third}"]`)).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(found).toHaveAttribute('data-total', '21');
    await expect(panel.locator(`[data-model="${second}"]`)).toBeVisible();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Home');
    await page.keyboard.press(' ');
    await expect(panel.getByText('20 selected')).toBeVisible();
    await page.keyboard.press('Delete');
    await expect(found).toHaveAttribute('data-total', '1');
    await expect(panel.locator(`[data-model="${first}"]`)).toBeFocused();
    await page.keyboard.press('Control+z');
    await expect(found).toHaveAttribute('data-total', '21');
  });

  const detail = panel.locator('.detail');
  await test.step('edit', async () => {
    await search(panel, 'detail_tweaker');
    await card(panel, 'detail_tweaker').click();
    await expect(detail.getByRole('heading', { name: 'Detail Tweaker XL' })).toBeVisible();
    await expect(detail.locator('.word')).toHaveText(['detailed', 'intricate texture', 'sharp focus']);
    await expectNothingCut(panel);
    await detail.getByRole('button', { name: 'Edit' }).click();
    await detail.getByLabel('Name').fill('Tweaks');
    await detail.getByRole('button', { name: 'Save' }).click();
    await expect(detail.getByRole('heading', { name: 'Tweaks' })).toBeVisible();
    await expect(detail.locator('.prov')).toContainText('You');
    await detail.getByRole('button', { name: 'Undo' }).click();
    await expect(detail.getByRole('heading', { name: 'Detail Tweaker XL' })).toBeVisible();
  });

  await test.step('another preview is seen at once', async () => {
    const picture = detail.locator('.main1 img');
    await expect(picture).toBeVisible();
    const before = await picture.getAttribute('src');
    await detail.locator('input[type=file]').setInputFiles({ name: 'red.png', mimeType: 'image/png', buffer: RED });
    await expect(picture).not.toHaveAttribute('src', before ?? '');
    await expect(detail.getByText('Chosen by you')).toBeVisible();
    await panel.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect(detail.getByText('Chosen by you')).toBeHidden();
  });

  await test.step('move, and back', async () => {
    await detail.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Move', exact: true }).click();
    await panel.getByLabel('Subfolder').fill('tidy');
    await panel.getByRole('button', { name: 'Move here' }).click();
    await expect(panel.locator('.toast')).toContainText('1 model is moved');
    expect(has(stage, 'loras/tidy/detail_tweaker')).toBe(true);
    await expect(detail.locator('.kv .path')).toContainText('tidy/');
    await panel.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => has(stage, 'loras/detail_tweaker')).toBe(true);
  });

  await test.step('several to the trash, and back', async () => {
    await detail.getByRole('button', { name: 'Back to the list' }).click();
    await search(panel, 'vae');
    await expect(found).toHaveAttribute('data-total', '2');
    await panel.getByRole('button', { name: 'Select several' }).click();
    await card(panel, 'own_vae').click();
    await card(panel, 'sdxl_vae_fp16_fix').click();
    await expect(panel.getByText('2 selected · 336 MB')).toBeVisible();
    await expectNothingCut(panel);
    await panel.getByRole('button', { name: 'Move to trash' }).click();
    await expect(panel.getByText('No model matches')).toBeVisible();
    expect(has(stage, 'vae/own_vae')).toBe(false);
    await panel.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect(found).toHaveAttribute('data-total', '2');
    expect(has(stage, 'vae/own_vae')).toBe(true);
  });

  if (stage.inside) await test.step('to the canvas', () => toTheCanvas(panel, page));
});

async function toTheCanvas(panel: Locator, page: Page): Promise<void> {
  const nodes = (): Promise<{ type: string; value: unknown }[]> =>
    page.evaluate(() =>
      (window as never as Host).app.rootGraph.nodes.map((node) => ({
        type: node.type,
        value: node.widgets[0]?.value,
      })),
    );
  await page.evaluate(() => (window as never as Host).app.rootGraph.clear());
  await search(panel, 'own_vae');
  await card(panel, 'own_vae').hover();
  await card(panel, 'own_vae').getByRole('button', { name: 'To canvas' }).click();
  await expect.poll(nodes).toEqual([{ type: 'VAELoader', value: 'own_vae.safetensors' }]);
  await search(panel, 'brutalist');
  const canvas = page.locator('canvas#graph-canvas');
  await card(panel, 'brutalist-concrete').dragTo(canvas, { targetPosition: { x: 900, y: 600 } });
  const lora = { type: 'LoraLoader', value: 'brutalist-concrete.safetensors' };
  await expect.poll(nodes).toContainEqual(lora);
}

test('the library as people see it @screenshot', async ({ page, stage }, info) => {
  const wide = page.viewportSize() ?? NARROW;
  const panel = await openLibrary(stage, page);
  for (const scheme of SCHEMES) {
    if (!stage.inside) await page.setViewportSize(NARROW);
    await dress(page, stage.inside, scheme);
    await expect(panel.locator('.card img').first()).toBeVisible();
    await expect(panel.locator('.card .pic .none')).toHaveCount(0);
    await keep(page, info, 'library', scheme);
    await panel.locator('[data-index="1"]').hover();
    await panel.locator('[data-index="1"]').getByRole('button', { name: 'More' }).click();
    await keep(page, info, 'library-menu', scheme);
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Select several' }).click();
    await panel.locator('[data-index="1"]').click();
    await panel.locator('[data-index="2"]').click();
    await keep(page, info, 'library-bulk', scheme);
    await panel.getByRole('button', { name: 'Leave selection' }).click();
    await card(panel, 'detail_tweaker').click();
    await expect(panel.locator('.detail .main1 img')).toBeVisible();
    await keep(page, info, 'library-detail', scheme);
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'List' }).click();
    await expectNothingCut(panel);
    await panel.locator('[data-index="1"]').hover();
    await keep(page, info, 'library-list', scheme);
    await panel.getByRole('button', { name: 'Grid' }).click();
    if (stage.inside) continue;
    await page.setViewportSize(wide);
    await card(panel, 'detail_tweaker').click();
    await expect(panel.locator('.detail .main1 img')).toBeVisible();
    await expectNothingCut(panel);
    await keep(page, info, 'full-library', scheme);
    await page.keyboard.press('Escape');
  }
});

interface Host {
  app: {
    rootGraph: { clear(): void; nodes: { type: string; widgets: { value: unknown }[] }[] };
  };
}
