/** What a workflow needs and a person has to help with: a relink, a choice, a link of one's own. */
import { readFileSync } from 'node:fs';

import type { Locator, Page } from '@playwright/test';

import { expect, test, type Stage } from './stage';

const ELSEWHERE = 'SDXL/own_vae.safetensors';
const HERE = 'own_vae.safetensors';

async function open(page: Page, stage: Stage): Promise<Locator> {
  const panel = await stage.open(page);
  await stage.openWorkflow(page, panel, { name: 'Unsettled', workflow: stage.ready.unsettled });
  return panel;
}

const row = (panel: Locator, name: string): Locator => panel.locator(`[data-need="${name}"]`);

interface Graph {
  nodes: { type: string; has_errors?: boolean; widgets?: Widget[] }[];
  subgraphs: Map<string, Graph>;
}
interface Widget {
  value: unknown;
  options: { values: unknown[] };
}
interface Live {
  app: { rootGraph: Graph; graphToPrompt(): Promise<{ output: Record<string, Prompted> }> };
}
interface Prompted {
  class_type: string;
  inputs: Record<string, unknown>;
}

/** What would run: the file of every VAE loader, those inside subgraphs included. */
function prompted(page: Page): Promise<unknown[]> {
  return page.evaluate(async () => {
    const { output } = await (window as never as Live).app.graphToPrompt();
    const loaders = Object.values(output).filter((node) => node.class_type === 'VAELoader');
    return loaders.map((node) => node.inputs['vae_name']);
  });
}

/** The VAE loaders' files that their lists do not have. */
function unlisted(page: Page): Promise<unknown[]> {
  return page.evaluate(() => {
    const { rootGraph } = (window as never as Live).app;
    const nodes = [rootGraph, ...rootGraph.subgraphs.values()].flatMap((graph) => graph.nodes);
    const widgets = nodes.filter((node) => node.type === 'VAELoader').flatMap((node) => node.widgets ?? []);
    return widgets.filter(({ value, options }) => !options.values.includes(value)).map(({ value }) => value);
  });
}

test('a model in another folder is relinked by one press, in subgraphs too', async ({ page, stage }) => {
  test.skip(!stage.inside, 'there is no canvas outside of ComfyUI');
  const panel = await open(page, stage);
  await expect.poll(() => prompted(page)).toEqual([ELSEWHERE, ELSEWHERE]);
  const need = row(panel, ELSEWHERE);
  await expect(need).toHaveAttribute('data-state', 'relink');
  await expect(need.locator('.diff .p')).toHaveText(HERE);

  await need.getByRole('button', { name: 'Relink' }).click();

  await expect.poll(() => prompted(page)).toEqual([HERE, HERE]);
  expect(await unlisted(page)).toEqual([]);
  await expect(row(panel, HERE)).toHaveAttribute('data-state', 'on_disk');
  await expect(panel).toContainText('1 model is relinked.');
});

test('a relink is taken back by the notice, and by Ctrl+Z', async ({ page, stage }) => {
  test.skip(!stage.inside, 'there is no canvas outside of ComfyUI');
  const panel = await open(page, stage);
  const relink = row(panel, ELSEWHERE).getByRole('button', { name: 'Relink' });
  await relink.click();
  await expect.poll(() => prompted(page)).toEqual([HERE, HERE]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => prompted(page)).toEqual([ELSEWHERE, ELSEWHERE]);

  await relink.click();
  await expect.poll(() => prompted(page)).toEqual([HERE, HERE]);
  await page.keyboard.press('Control+z');
  await expect.poll(() => prompted(page)).toEqual([ELSEWHERE, ELSEWHERE]);
  await expect(row(panel, ELSEWHERE)).toHaveAttribute('data-state', 'relink');
});

test('an opened file is relinked in a copy, which is saved beside it', async ({ page, stage }) => {
  test.skip(stage.inside, 'inside of ComfyUI the canvas is relinked');
  const panel = await open(page, stage);
  await row(panel, ELSEWHERE).getByRole('button', { name: 'Relink' }).click();
  await expect(row(panel, HERE)).toHaveAttribute('data-state', 'on_disk');
  const saving = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save Unsettled.relinked.json' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('Unsettled.relinked.json');
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain(`"${HERE}"`);
  expect(text).not.toContain(ELSEWHERE);
});

test('one of several sources is fetched when it is chosen, and not before', async ({ page, stage }) => {
  const panel = await open(page, stage);
  const need = row(panel, 'both.safetensors');
  await expect(need).toHaveAttribute('data-state', 'choose');
  const [first, second] = [need.getByRole('radio').first(), need.getByRole('radio').nth(1)];
  await expect(first).toBeChecked();
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(second).toBeChecked();
  expect((await stage.api<{ items: unknown[] }>('jobs')).items).toEqual([]);

  await need.getByRole('button', { name: 'Use this one' }).click();

  await expect(need).toHaveAttribute('data-state', 'on_disk');
  const chosen = { ...stage.prop('sd_xl_base'), name: 'both.safetensors' };
  expect(stage.holds({ ...chosen, category: 'diffusion_models' })).toBe(true);
});

test('a pasted link brings what was not found, under the name that is wanted', async ({ page, stage }) => {
  const panel = await open(page, stage);
  const need = row(panel, 'my_style_v3.safetensors');
  await expect(need).toContainText('Nobody publishes a file of this name');
  await need.getByRole('button', { name: 'Paste a link' }).click();
  const prop = stage.prop('detail_tweaker');
  await page.keyboard.insertText(prop.link);
  await expect(need).toContainText(prop.name);
  await need.getByRole('button', { name: 'Get as my_style_v3.safetensors' }).click();
  await expect(need).toHaveAttribute('data-state', 'on_disk');
  expect(stage.holds({ ...prop, name: 'my_style_v3.safetensors' })).toBe(true);
});

test('nothing of this is part of what is got at once', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await expect(row(panel, 'both.safetensors')).toHaveAttribute('data-state', 'choose');
  await expect(panel.getByRole('button', { name: /^Get/ })).toHaveCount(0);
});
