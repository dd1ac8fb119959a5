import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import type { LinkInfo } from '../../api/types';
import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { folder, job, link, problem } from '../../testing/samples';
import LinkCard from './LinkCard.vue';

const FOLDERS = [
  folder(),
  folder({ category: 'loras', path: '/models/loras', free: null }),
  folder({ category: 'loras', path: '/media/big/models/loras', free: 500 }),
  folder({ category: 'loras', path: '/read/only', writable: false }),
];

async function stage(given: Partial<LinkInfo> = {}) {
  const host = new FakeHost();
  host.answer('GET folders', { items: FOLDERS });
  host.answer('POST jobs', { job: job() });
  const panel = createPanel(host);
  const card = inPanel(LinkCard, { link: link(given) }, panel);
  await flushPromises();
  async function choose(label: string, at: number): Promise<void> {
    await card.get(`[aria-label^="${label}"]`).trigger('click');
    document.querySelectorAll<HTMLElement>('[role=option]')[at]!.click();
    await flushPromises();
  }
  async function get(): Promise<unknown> {
    await card.get('.btn.pri').trigger('click');
    await flushPromises();
    return host.sent('POST jobs')[0]?.body;
  }
  const tags = () => card.findAll('.tag').map((tag) => tag.text().replaceAll('\u00a0', ' '));
  return { host, panel, card, choose, get, tags };
}

describe('LinkCard', () => {
  it('says what a link is, where it goes and what is known of it', async () => {
    const { card, tags } = await stage();
    expect(card.get('.fn').attributes('title')).toBe('ae.safetensors');
    expect(card.text().replaceAll('\u00a0', ' ')).toContain('Hugging Face · vae · 1.00 kB');
    expect(tags()).toEqual(['sha256 known', 'New here', '10.0 kB free']);
  });

  it('gets it to the folder that was found', async () => {
    const { panel, get } = await stage();
    expect(await get()).toEqual({ url: link().url, category: 'vae', root: '/models/vae' });
    expect(panel.queue.jobs.has('j1')).toBe(true);
  });

  it('gets it to a folder that was chosen', async () => {
    const { choose, get } = await stage();
    await choose('Where it goes', 2);
    expect(await get()).toMatchObject({ category: 'loras', root: '/media/big/models/loras' });
  });

  it('offers only folders that can be written to', async () => {
    const { card } = await stage();
    await card.get('[aria-label^="Where it goes"]').trigger('click');
    const labels = [...document.querySelectorAll('[role=option] bdi')].map((each) => each.textContent);
    expect(labels).toHaveLength(3);
    expect(labels).not.toContain('/read/only');
  });

  it('warns of a folder that is too small', async () => {
    const { card, choose } = await stage();
    expect(card.find('.tag.bad').exists()).toBe(false);
    await choose('Where it goes', 2);
    expect(card.get('.tag.bad').text().replaceAll('\u00a0', ' ')).toBe('500 B free');
  });

  it('says nothing of free space where nobody knows it', async () => {
    const { choose, tags } = await stage({ free: null, category: null, root: null });
    await choose('Where it goes', 1);
    expect(tags()).toEqual(['sha256 known', 'New here']);
  });

  it('shows what is here already, and gets it again only by that name', async () => {
    const { card, tags } = await stage({ here: '/models/vae/ae.safetensors', sha256: null });
    expect(tags()).toEqual(['sha256 not published', 'You have it', '10.0 kB free']);
    expect(card.text()).toContain('/models/vae/ae.safetensors');
    expect(card.get('.btn.pri').text()).toBe('Get again');
  });

  it('asks for the folder where nobody says what it is, and waits for it', async () => {
    const unknown = { error: problem('category_needed'), category: null, root: null, free: null };
    const { card, choose, get } = await stage(unknown);
    expect(card.text()).toContain('Choose its folder');
    expect(card.get('.btn.pri').attributes('disabled')).toBeDefined();
    await choose('Where it goes', 1);
    expect(card.get('.btn.pri').attributes('disabled')).toBeUndefined();
    expect(await get()).toEqual({ url: link().url, category: 'loras', root: '/models/loras' });
  });

  it('lets one of several files be chosen, the first one unasked', async () => {
    const file = { name: null, size: 500, note: null, sha256_known: true };
    const files = [
      { ...file, url: 'https://a.example/fp16', name: 'm-fp16.gguf', note: 'fp16' },
      { ...file, url: 'https://a.example/q4', name: 'm-q4.gguf', size: null },
    ];
    const several = await stage({ files });
    expect(several.card.get('[aria-label^="Which file"]').text()).toBe('m-fp16.gguf · fp16');
    expect(await several.get()).toMatchObject({ url: 'https://a.example/fp16' });
    const other = await stage({ files });
    await other.choose('Which file', 1);
    expect(await other.get()).toMatchObject({ url: 'https://a.example/q4' });
  });

  it('says why it cannot be fetched, and has no button for it', async () => {
    const error = problem('unknown_to_us', { message: 'Its author has taken it away.', hint: 'Look elsewhere.' });
    const { card } = await stage({ error });
    expect(card.text()).toContain('Its author has taken it away.');
    expect(card.text()).toContain('Look elsewhere.');
    expect(card.find('.btn').exists()).toBe(false);
  });

  it('asks for a token where that is what is missing', async () => {
    const { card, panel } = await stage({ error: problem('civitai_login_needed') });
    await card.get('.btn').trigger('click');
    expect(panel.ui.question).toEqual({ kind: 'token', provider: 'civitai' });
  });

  it('stays where the server refuses', async () => {
    const { host, card, panel, get } = await stage();
    host.refuse('POST jobs', problem('destination_busy'));
    await get();
    expect(panel.ui.notice?.kind).toBe('bad');
    expect(panel.queue.jobs.size).toBe(0);
    expect(card.find('.btn.pri').exists()).toBe(true);
  });
});
