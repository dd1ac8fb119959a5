/** Health: what is to do for a library is said, done, and taken back. */
import { cpSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { NARROW, SCHEMES, dress, expectNothingCut, keep, keepBoth } from './looks';
import { expect, test, type Stage } from './stage';

const OWN = 'vae/own_vae.safetensors';
const COPY = 'checkpoints/old/own_vae_copy.safetensors';
const RETITLED = 'vae/own_vae_retitled.safetensors';
const BROKEN = 'loras/half.safetensors';
const SIDECAR = 'loras/half.info';
const SOURCE = 'detail_tweaker';

/**
 * A file that is here twice, one with its weights and another title, and one of which half is here;
 * its metadata says where it came from.
 */
function litter(stage: Stage): void {
  for (const path of [COPY, BROKEN]) {
    mkdirSync(dirname(at(stage, path)), { recursive: true });
    cpSync(at(stage, OWN), at(stage, path));
  }
  truncateSync(at(stage, BROKEN), 400_000);
  writeFileSync(at(stage, SIDECAR), JSON.stringify({ downloadUrl: stage.prop(SOURCE).link }));
  retitle(at(stage, OWN), at(stage, RETITLED));
}

/** A safetensors file with the weights of another. */
function retitle(path: string, copy: string): void {
  const file = readFileSync(path);
  const weights = 8 + Number(file.readBigUInt64LE());
  const header = JSON.parse(file.toString('utf8', 8, weights)) as Record<string, unknown>;
  const text = Buffer.from(JSON.stringify({ ...header, __metadata__: { title: 'A title' } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(copy, Buffer.concat([length, text, file.subarray(weights)]));
}

function at(stage: Stage, path: string): string {
  return join(stage.ready.models, path);
}

function todo(panel: Locator, code: string): Locator {
  return panel.locator(`[data-todo=${code}]`);
}

async function say(page: Page, text: string | RegExp): Promise<Locator> {
  const toast = page.locator('.toast').filter({ hasText: text });
  await expect(toast).toBeVisible();
  return toast;
}

test('a library is looked at, hashed, tidied up and taken care of', async ({ page, stage }) => {
  litter(stage);
  const panel = await stage.open(page);
  await panel.getByRole('tab', { name: 'Health' }).click();
  const back = panel.getByRole('button', { name: 'Back to Health' });

  await test.step('a first look', async () => {
    // inside of ComfyUI the open workflow has had the folders looked at already
    await panel.locator('.hp').getByRole('button', { name: 'Look at all folders' }).click();
    await expect(todo(panel, 'files_broken')).toContainText('1 file is broken');
    await expect(panel.locator('.hp')).toContainText('of 100');
  });

  await test.step('a recommendation is followed to its end', async () => {
    const hashes = todo(panel, 'hashes_missing');
    await hashes.getByRole('button', { name: 'Check' }).click();
    await expect(hashes).toHaveCount(0);
    await expect(todo(panel, 'duplicates_found')).toContainText('1 file is kept twice or more');
  });

  await test.step('duplicates are freed, and that is taken back', async () => {
    await todo(panel, 'duplicates_found').getByRole('button', { name: 'Review' }).click();
    await expect(panel.locator('[data-set]')).toContainText('checkpoints/old/own_vae_copy');
    await panel.getByRole('button', { name: /^Move 1 file to trash · 1.00 MB$/ }).click();
    const toast = await say(page, '1 file in the trash.');
    expect([OWN, COPY].filter((path) => existsSync(at(stage, path)))).toHaveLength(1);
    await toast.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => [OWN, COPY].every((path) => existsSync(at(stage, path)))).toBe(true);
    await back.click();
  });

  await test.step('the same weights are no duplicates, and lead to the library', async () => {
    await todo(panel, 'duplicates_found').getByRole('button', { name: 'Review' }).click();
    await panel.locator('[data-weights]').getByRole('button', { name: RETITLED }).click();
    await expect(panel.locator('.detail')).toContainText('own_vae_retitled');
    await panel.getByRole('tab', { name: 'Health' }).click();
    await back.click();
  });

  await test.step('what is broken is thrown away, and brought back', async () => {
    await todo(panel, 'files_broken').getByRole('button').click();
    await panel.getByRole('button', { name: 'To the trash' }).click();
    await expect.poll(() => existsSync(at(stage, BROKEN))).toBe(false);
    await back.click();
    await panel.locator('[data-page=trash]').click();
    await panel.getByRole('button', { name: 'Bring back' }).click();
    await expect.poll(() => existsSync(at(stage, BROKEN))).toBe(true);
    await expect(panel).toContainText('The trash is empty');
    await back.click();
  });

  await test.step('what is broken is got again, and lies in the trash then', async () => {
    await todo(panel, 'files_broken').getByRole('button').click();
    await panel.getByRole('button', { name: 'Get it again' }).click();
    const whole = { ...stage.prop(SOURCE), name: 'half.safetensors' };
    await expect.poll(() => stage.holds(whole)).toBe(true);
    await expect(panel).toContainText('No file is broken');
    await back.click();
    await panel.locator('[data-page=trash]').click();
    await expect(panel.getByRole('button', { name: 'Bring back' })).toBeVisible();
    await back.click();
  });

  await test.step('something is done by itself', async () => {
    await panel.locator('[data-page=schedules]').click();
    await panel.getByRole('button', { name: 'Add', exact: true }).click();
    await panel.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(panel.locator('[data-schedule=metadata]')).toContainText('Every day at 03:00');
    const { items } = await stage.api<{ items: { task: string; when: object }[] }>('schedules');
    const saved = items.find((each) => each.task === 'metadata');
    expect(saved?.when).toMatchObject({ kind: 'cron', cron: '0 3 * * *' });
  });

  await test.step('the bell has told what ended', async () => {
    await page.getByRole('button', { name: /^Notifications, \d+ unread$/ }).click();
    await expect(panel.locator('[data-news=hashes_finished]')).toContainText('checked by sha256');
    await panel.getByRole('button', { name: 'Mark all read' }).click();
    await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
  });
});

test.describe('as people see it', () => {
  test.skip(!process.env['SCREENSHOTS'], 'pictures are taken when they are wanted');
  test.use({ options: ['--library'] });

  /** Two files have a hash, so that one is here twice; hashing the whole shelf takes too long. */
  async function hash(page: Page, stage: Stage): Promise<void> {
    const { items } = await stage.api<{ items: { id: string }[] }>('library?q=own_vae');
    const data = { ids: items.map(({ id }) => id) };
    await page.request.post(new URL('model-manager/v1/library/hash', stage.ready.url).href, { data });
  }

  async function open(page: Page, stage: Stage): Promise<Locator> {
    litter(stage);
    const panel = await stage.open(page);
    await panel.getByRole('tab', { name: 'Health' }).click();
    await panel.locator('.hp').getByRole('button', { name: 'Look at all folders' }).click();
    await expect(todo(panel, 'files_broken')).toBeVisible();
    await hash(page, stage);
    await expect(todo(panel, 'duplicates_found')).toBeVisible();
    await page.mouse.move(0, 0);
    await expect(panel.locator('.toast')).toHaveCount(0);
    return panel;
  }

  test('health in the panel @screenshot', async ({ page, stage }, info) => {
    if (!stage.inside) await page.setViewportSize(NARROW);
    const panel = await open(page, stage);
    for (const scheme of SCHEMES) {
      await dress(page, stage.inside, scheme);
      await keep(page, info, 'health', scheme);
      await expectNothingCut(panel);
      await todo(panel, 'duplicates_found').getByRole('button').click();
      await expect(panel.locator('[data-set]')).toBeVisible();
      await expectNothingCut(panel);
      await keep(page, info, 'health-duplicates', scheme);
      await page.keyboard.press('Escape');
      await todo(panel, 'files_broken').getByRole('button').click();
      await expect(panel.getByRole('button', { name: 'Get it again' })).toBeVisible();
      await expectNothingCut(panel);
      await keep(page, info, 'health-broken', scheme);
      await page.keyboard.press('Escape');
      for (const name of ['schedules', 'trash', 'folders']) {
        await panel.locator(`[data-page=${name}]`).click();
        await expect(panel.locator('.dh')).toBeVisible();
        await expectNothingCut(panel);
        await panel.getByRole('button', { name: 'Back to Health' }).click();
      }
    }
  });

  test('health on a page @screenshot', async ({ page, stage }, info) => {
    test.skip(stage.inside, 'the page is the same one');
    const panel = await open(page, stage);
    await keepBoth(page, panel, info, 'full-health', stage);
  });
});
