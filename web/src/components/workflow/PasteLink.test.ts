import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { LinkInfo, Need } from '../../api/types';
import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { batch, folder, inspection, link, need, problem } from '../../testing/samples';
import PasteLink from './PasteLink.vue';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const FETCH = 'POST workflows/fetch';

async function stage(found: Partial<LinkInfo> = {}, given: Partial<Need> = {}) {
  const host = new FakeHost();
  host.answer('POST links/inspect', inspection(link(found)));
  host.answer('GET folders', { items: [folder({ category: 'loras' }), folder(), folder()] });
  host.answer(FETCH, { job: batch(), items: [{ job_id: 'b1', error: null }] });
  const panel = createPanel(host);
  const wanted = need({ name: 'SDXL/my_style.safetensors', state: 'missing', category: 'loras', ...given });
  const paste = inPanel(PasteLink, { need: wanted }, panel);
  await paste.get('input').setValue('https://huggingface.co/x');
  await vi.advanceTimersByTimeAsync(350);
  const get = async () => {
    await paste.get('.acl button').trigger('click');
    await flushPromises();
  };
  const closed = () => paste.findComponent(PasteLink).emitted('close');
  return { host, panel, paste, get, closed };
}

describe('PasteLink', () => {
  it('takes the keyboard at once, and gives it back on Escape', async () => {
    const { paste, closed } = await stage();
    expect(document.activeElement).toBe(paste.get('input').element);
    await paste.get('input').trigger('keydown', { key: 'Escape' });
    expect(closed()).toHaveLength(1);
  });

  it('says what the link is before anything is fetched', async () => {
    const { host, paste } = await stage({ name: 'other.safetensors', title: 'o/r', size: 2_000_000 });
    const text = paste.text().replaceAll('\u00a0', ' ');
    expect(text).toContain('other.safetensors');
    expect(text).toContain('Hugging Face · o/r · 2.00 MB');
    expect(paste.get('.acl button').text()).toBe('Get as my_style.safetensors');
    expect(host.sent(FETCH)).toEqual([]);
  });

  it('fetches it under the name and into the folder that the workflow expects', async () => {
    const { host, get, closed } = await stage({ name: 'other.safetensors', category: 'vae' });
    await get();
    expect(host.sent(FETCH)[0]!.body).toMatchObject({
      models: [{ name: 'SDXL/my_style.safetensors', url: link().url, directory: 'loras' }],
    });
    expect(closed()).toHaveLength(1);
  });

  it('asks for the kind of model only where nobody knows it', async () => {
    const error = problem('category_needed');
    const { host, paste, get } = await stage({ category: null, error }, { category: null });
    await flushPromises();
    expect(paste.get('.acl button').attributes('disabled')).toBeDefined();
    await paste.get('.sel').trigger('click');
    const options = [...document.querySelectorAll<HTMLElement>('[role=option]')];
    expect(options.map((option) => option.textContent.trim())).toEqual(['loras', 'vae']);
    options[1]!.click();
    await flushPromises();
    await get();
    expect(host.sent(FETCH)[0]!.body).toMatchObject({ models: [{ directory: 'vae' }] });
  });

  it('offers the files of a page that has several', async () => {
    const files = ['a', 'b'].map((name) => ({
      url: `https://h/${name}`, name: `${name}.safetensors`, size: 1, sha256_known: true, note: null,
    })) as LinkInfo['files'];
    const { host, paste, get } = await stage({ files, url: null });
    expect(paste.get('.sel').text()).toContain('a.safetensors');
    await get();
    expect(host.sent(FETCH)[0]!.body).toMatchObject({ models: [{ url: 'https://h/a' }] });
  });

  it('says why a link leads nowhere, and offers nothing', async () => {
    const { paste } = await stage({ error: problem('unknown_to_us', { message: 'It is gone.' }) });
    expect(paste.get('.bad').text()).toContain('It is gone.');
    expect(paste.find('.acl').exists()).toBe(false);
  });

  it('takes one link at a time', async () => {
    const { host, paste } = await stage();
    host.answer('POST links/inspect', inspection(link(), link({ text: 'b' })));
    await paste.get('input').setValue('a b');
    await vi.advanceTimersByTimeAsync(350);
    expect(paste.get('.bad').text()).toBe('Paste one link only.');
  });

  it('stays open where the server does not take it', async () => {
    const { host, panel, get, closed } = await stage();
    const error = problem('unknown_to_us', { message: 'No such folder.' });
    host.answer(FETCH, { job: null, items: [{ job_id: null, error }] });
    await get();
    expect(panel.ui.notice).toEqual({ text: 'No such folder.', kind: 'bad' });
    expect(closed()).toBeUndefined();
  });
});
