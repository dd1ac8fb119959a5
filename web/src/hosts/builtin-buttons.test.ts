import { expect, it, vi } from 'vitest';

import { offerBridge } from './builtin-buttons';

const fetches = () => vi.fn(() => Promise.resolve());
type Page = Parameters<typeof offerBridge>[0];

it('takes what ComfyUI’s own buttons ask for', async () => {
  const page: Page = {};
  const fetch = fetches();
  offerBridge(page, fetch);
  const done = await page.__comfyDesktop2!.downloadModel('https://a.example/ae', 'ae', 'vae');
  expect(done).toBe(true);
  expect(fetch).toHaveBeenCalledExactlyOnceWith({ url: 'https://a.example/ae', name: 'ae', directory: 'vae' });
  expect(page.__comfyDesktop2!.isRemote()).toBe(false);
});

it('tells the button of a refusal', async () => {
  const page: Page = {};
  offerBridge(page, () => Promise.reject(new Error('refused')));
  expect(await page.__comfyDesktop2!.downloadModel('https://a.example/ae', 'ae', 'vae')).toBe(false);
});

it('never takes the place of a bridge that is there, nor takes it away', () => {
  const desktop = { isRemote: () => true, downloadModel: () => Promise.resolve(true) };
  const page: Page = { __comfyDesktop2: desktop };
  const withdraw = offerBridge(page, fetches());
  expect(page.__comfyDesktop2).toBe(desktop);
  withdraw();
  expect(page.__comfyDesktop2).toBe(desktop);
});

it('is gone when it is withdrawn', () => {
  const page: Page = {};
  offerBridge(page, fetches())();
  expect('__comfyDesktop2' in page).toBe(false);
});

it('leaves alone what has come in its place', () => {
  const page: Page = {};
  const withdraw = offerBridge(page, fetches());
  const desktop = { isRemote: () => true, downloadModel: () => Promise.resolve(true) };
  page.__comfyDesktop2 = desktop;
  withdraw();
  expect(page.__comfyDesktop2).toBe(desktop);
});
