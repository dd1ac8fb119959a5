import { afterEach, describe, expect, it, vi } from 'vitest';

import english from '../../../locales/en/main.json';
import { FakeHost } from '../testing/FakeHost';
import { NOON, job, problem } from '../testing/samples';
import { createTexts } from './texts';
import type * as Texts from './texts';

/** As another language has it: only a part is there. */
const chinese = { modelKeeper: { title: '模型管家', tab: { queue: '队列' }, unit: { hours: '{n} 小时' } } };

/** The module with a Chinese that does not depend on how far the real one has come. */
async function withChinese(load: () => object = () => ({ default: chinese })): Promise<typeof Texts> {
  vi.resetModules();
  vi.doMock('../../../locales/zh/main.json', load);
  return import('./texts');
}

afterEach(() => {
  vi.doUnmock('../../../locales/zh/main.json');
});

describe('problems', () => {
  const texts = createTexts(new FakeHost());
  const known = english.modelKeeper.errors;

  it('are told in the words of the panel, with their details', () => {
    const error = problem('bad_range', { details: { host: 'models.example' } });
    expect(texts.message(error)).toBe(known.bad_range.message.replace('{host}', 'models.example'));
    expect(texts.hint(error)).toBe(known.bad_range.hint);
  });

  it('that are not known keep the words of the server', () => {
    const error = problem('of_next_year');
    expect(texts.message(error)).toBe("The server's words for of_next_year.");
    expect(texts.hint(error)).toBe("The server's hint for of_next_year.");
  });
});

describe('the language', () => {
  it('is fetched when the host has it, for all its regions', async () => {
    const { createTexts: create } = await withChinese();
    const texts = create(new FakeHost({ locale: 'zh-TW' }));
    await vi.waitFor(() => expect(texts.locale.value).toBe('zh'));
    expect(texts.t('tab.queue')).toBe('队列');
    expect(texts.duration(7_200).replaceAll('\u00a0', ' ')).toBe('2 小时');
    expect(texts.t('tab.workflow')).toBe('Workflow');
  });

  it('is English where there is no other, in its direction too', async () => {
    const texts = createTexts(new FakeHost({ locale: 'ar' }));
    await Promise.resolve();
    expect(texts.locale.value).toBe('en');
    expect(texts.direction.value).toBe('ltr');
    expect(texts.t('tab.queue')).toBe('Queue');
  });

  it('follows the host', async () => {
    const { createTexts: create } = await withChinese();
    const host = new FakeHost();
    const texts = create(host);
    host.speak('zh');
    await vi.waitFor(() => expect(texts.t('title')).toBe('模型管家'));
    host.speak('en-GB');
    await vi.waitFor(() => expect(texts.t('title')).toBe('Model Keeper'));
  });

  it('is the last one wanted, however late another comes', async () => {
    let come: ((module: unknown) => void) | undefined;
    const { createTexts: create } = await withChinese(() => new Promise((resolve) => (come = resolve)));
    const host = new FakeHost({ locale: 'zh' });
    const texts = create(host);
    host.speak('en');
    await vi.waitFor(() => expect(come).toBeDefined());
    come?.({ default: chinese });
    await vi.dynamicImportSettled();
    expect(texts.t('title')).toBe('Model Keeper');
  });
});

it('names where a file came from and what it is', () => {
  const texts = createTexts(new FakeHost());
  expect(texts.folder(job())).toBe('Hugging Face · vae');
  expect(texts.folder(job({ provider: null }))).toBe('vae');
  expect(texts.folder(job({ category: null }))).toBe('Hugging Face');
});

it('writes numbers as English does', () => {
  const texts = createTexts(new FakeHost());
  const plain = (text: string) => text.replaceAll('\u00a0', ' ');
  expect(plain(texts.bytes(12_300_000_000))).toBe('12.3 GB');
  expect(plain(texts.bytesOf(9_720_000_000, 14_300_000_000))).toBe('9.72 of 14.3 GB');
  expect(texts.countdown(42_000)).toBe('0:42');
  expect(texts.count(3_912)).toBe('3,912');
  expect(texts.when(NOON, NOON)).toMatch(/^12:00/);
});
