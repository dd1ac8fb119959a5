import { expect, get, paste, rowOf, test } from './stage';

test('a pasted link becomes a whole file, through a pause and a killed worker', async ({
  page,
  stage,
}) => {
  const panel = await stage.open(page);
  const prop = stage.prop('z_image_turbo');
  await paste(panel, prop.link);
  const card = panel.locator('.rec');
  await expect(card).toContainText('Hugging Face · diffusion_models');
  await expect(card).toContainText('12.0 MB');
  await expect(card).toContainText('sha256 known');
  await expect(card).toContainText('New here');
  await get(panel);

  const row = rowOf(panel, prop);
  const bytes = async (): Promise<number> =>
    Number(await row.locator('[data-bytes]').getAttribute('data-bytes'));
  await expect(row).toHaveAttribute('data-state', 'running');
  await expect.poll(bytes).toBeGreaterThan(0);
  const first = await bytes();
  await expect.poll(bytes).toBeGreaterThan(first);

  await row.getByRole('button', { name: 'Pause' }).click();
  await expect(row).toHaveAttribute('data-state', 'paused');
  await expect(row).toContainText('by you');
  const kept = await bytes();
  expect(kept).toBeGreaterThan(0);

  const killed = stage.killWorker();
  await row.getByRole('button', { name: 'Continue' }).click();
  await expect(row).toHaveAttribute('data-state', 'running');
  await expect.poll(bytes).toBeGreaterThan(kept);
  expect(stage.worker().pid).not.toBe(killed);

  await expect(panel.getByRole('region', { name: 'Finished today' })).toBeVisible();
  expect(stage.holds(prop)).toBe(true);
});

test('a worker that is killed in the middle is replaced without anybody', async ({ page, stage }) => {
  const panel = await stage.open(page);
  const prop = stage.prop('z_image_turbo');
  await paste(panel, prop.link);
  await get(panel);
  const row = rowOf(panel, prop);
  await expect(row.locator('[data-bytes]')).not.toHaveAttribute('data-bytes', '0');
  const killed = stage.killWorker();
  await expect.poll(() => stage.worker().pid).not.toBe(killed);
  await expect.poll(() => stage.holds(prop)).toBe(true);
});

test('what needs a person stands first, with the one button that helps', async ({ page, stage }) => {
  const panel = await stage.open(page);
  await paste(panel, stage.prop('flux1-dev').link);
  await expect(panel.locator('.rec')).toContainText('only for people who are signed in');
  await panel.getByRole('button', { name: 'Set token' }).click();
  await panel.getByPlaceholder('Token').fill('hf_loopback_token');
  await panel.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(panel.getByRole('status').filter({ hasText: 'The token is kept' })).toBeVisible();

  await panel.getByPlaceholder('Paste a link').fill('this is no link');
  await expect(panel.locator('.rec')).toContainText('is not a link');
});

test('two browsers see the same queue', async ({ page, stage, context }) => {
  const panel = await stage.open(page);
  const other = await stage.open(await context.newPage());
  const prop = stage.prop('detail_tweaker');
  await paste(panel, prop.link);
  await get(panel);
  const finished = other.getByRole('region', { name: 'Finished today' });
  await finished.getByRole('button', { name: /Finished today/ }).click();
  await expect(rowOf(other, prop)).toHaveAttribute('data-state', 'succeeded');

  await panel.getByRole('button', { name: /Finished today/ }).click();
  await rowOf(panel, prop).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Take off the list' }).click();
  await expect(rowOf(panel, prop)).toHaveCount(0);
  await expect(rowOf(other, prop)).toHaveCount(0);
});

test('a server that is gone is said, and nothing else is lost', async ({ page, stage }) => {
  const panel = await stage.open(page);
  await expect(panel.getByText('Nothing to fetch')).toBeVisible();
  stage.kill();
  await expect(panel.locator('.ban')).toContainText('does not answer');
  await expect(panel.locator('.ban')).toContainText('As of');
});

test('the whole queue is reached by keys', async ({ page, stage }) => {
  const panel = await stage.open(page);
  const prop = stage.prop('z_image_turbo');
  await paste(panel, prop.link);
  await get(panel);
  const row = rowOf(panel, prop);
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(row.locator('.exp')).toBeVisible();
  await expect(row).toHaveAttribute('data-state', 'running');
  await page.keyboard.press('Space');
  await expect(row).toHaveAttribute('data-state', 'paused');
  await page.keyboard.press('Delete');
  await expect(panel.getByRole('status').filter({ hasText: 'is cancelled' })).toBeVisible();
});
