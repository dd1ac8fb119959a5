/** Pictures of the panel, and what must be true of each. `make screenshots` keeps them in docs/images. */
import { resolve } from 'node:path';

import { expect, type Locator, type Page, type TestInfo } from '@playwright/test';

const IMAGES = resolve(import.meta.dirname, '../../../docs/images');

/** As wide as ComfyUI's sidebar is at first. */
export const NARROW = { width: 310, height: 860 };

export async function keep(page: Page, info: TestInfo, name: string, scheme: string): Promise<void> {
  const file = `${info.project.name}-${name}-${scheme}.png`;
  const path = process.env['SCREENSHOTS'] ? `${IMAGES}/${file}` : info.outputPath(file);
  await page.screenshot({ path, animations: 'disabled' });
}

export const SCHEMES = ['dark', 'light'] as const;
type Scheme = (typeof SCHEMES)[number];

/** Shows the page in these colours; inside ComfyUI they are ComfyUI's own. */
export async function dress(page: Page, inside: boolean, scheme: Scheme): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  if (!inside) return;
  await page.evaluate(async (palette) => {
    const { app } = window as never as { app: { extensionManager: Settings } };
    await app.extensionManager.setting.set('Comfy.ColorPalette', palette);
  }, scheme);
  await expect(page.locator('.mk-root').first()).toHaveClass(scheme === 'light' ? /mk-light/ : /^(?!.*mk-light)/);
}

/** A picture in the dark and one in the light. */
export async function keepBoth(
  page: Page,
  panel: Locator,
  info: TestInfo,
  name: string,
  { inside }: { inside: boolean },
): Promise<void> {
  for (const scheme of SCHEMES) {
    await dress(page, inside, scheme);
    await expectNothingCut(panel);
    await keep(page, info, name, scheme);
  }
}

/** Nothing may stick out of the panel, whatever its width. */
export async function expectNothingCut(panel: Locator): Promise<void> {
  const outside = await panel.evaluate((root) => {
    const box = root.getBoundingClientRect();
    return [...root.querySelectorAll('button, input, .row, .rec, .recm, .strip, .dock, .diff, .cand, .card, .mrow')]
      .filter((each) => each.getClientRects().length > 0)
      .filter((each) => each.getBoundingClientRect().right > box.right + 1)
      .map((each) => each.outerHTML.slice(0, 120));
  });
  expect(outside).toEqual([]);
}

interface Settings {
  setting: { set(id: string, value: unknown): Promise<void> };
}
