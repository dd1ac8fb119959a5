import { flushPromises } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { metadata, model, modelPage } from '../../testing/librarySamples';
import { problem } from '../../testing/samples';
import ModelDetail from './ModelDetail.vue';

const SHOWN = model({ id: 'one', relative: 'a/detail.safetensors', hashes: { sha256: 'ab'.repeat(32) } });
const FACTS = { path: null, media_type: null, chosen: false };

beforeEach(() => {
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:picture');
});

async function stage(given: Parameters<typeof metadata>[0] = {}) {
  const host = new FakeHost();
  host.answer('GET library', modelPage([SHOWN]));
  host.answer('GET library/one', SHOWN);
  host.answer('GET library/one/metadata', metadata({ id: 'one', ...given }));
  host.answer('GET library/one/metadata/history', {
    items: [{ field: 'name', value: 'Old', owner: 'provider', source: 'civitai', said_at: 1, at: 5 }],
  });
  host.answer('GET library/one/previews', { items: [] });
  host.answer('GET library/preview/facts', FACTS);
  const panel = createPanel(host);
  void panel.library.detail.open(SHOWN);
  const detail = inPanel(ModelDetail, { model: SHOWN }, panel);
  await flushPromises();
  const button = (label: string) =>
    detail.findAll('button').find((each) => each.text() === label || each.attributes('aria-label') === label)!;
  return { host, panel, detail, button };
}

describe('what is known of a model', () => {
  it('is shown with who says it', async () => {
    const { detail } = await stage();
    expect(detail.get('h3').text()).toBe('Detail');
    expect(detail.findAll('.prov .src').map((each) => each.text())).toEqual(['Civitai', 'File header']);
    expect(detail.findAll('.word').map((word) => word.text())).toEqual(['detailed', 'sharp focus']);
    expect(detail.get('.tag.ok').text()).toBe('Proven');
  });

  it('is not proven where somebody states another hash', async () => {
    const { panel, detail } = await stage();
    const other = { ...SHOWN, claimed: { sha256: 'cd'.repeat(32) } };
    const again = inPanel(ModelDetail, { model: other }, panel);
    expect(detail.find('.tag.ok').exists()).toBe(true);
    expect(again.find('.tag.ok').exists()).toBe(false);
  });

  it('never claims that no trigger words are needed', async () => {
    const { detail } = await stage({ trained_words: [] });
    expect(detail.text()).toContain('None known');
  });

  it('is edited field by field: only what was changed is sent', async () => {
    const { host, detail, button } = await stage();
    host.answer('PATCH library/one/metadata', metadata({ id: 'one' }));
    await button('Edit').trigger('click');
    await detail.get('#mk-words').setValue('one, two ; one');
    await detail.get('form').trigger('submit');
    await flushPromises();
    expect(host.sent('PATCH library/one/metadata')[0]?.body).toEqual({ trained_words: ['one', 'two'] });
    expect(detail.find('form').exists()).toBe(false);
  });

  it('can be given back to who said it before', async () => {
    const { host, button } = await stage({ owners: { name: 'user' } });
    host.answer('PATCH library/one/metadata', metadata({ id: 'one' }));
    await button('Edit').trigger('click');
    await button('Give 1 field back').trigger('click');
    await flushPromises();
    expect(host.sent('PATCH library/one/metadata')[0]?.body).toEqual({ reset: ['name'] });
  });

  it('can be had as it was', async () => {
    const { host, button, detail } = await stage();
    host.answer('POST library/one/metadata/restore', metadata({ id: 'one' }));
    expect(detail.text()).toContain('Name was: Old');
    await button('Undo').trigger('click');
    await flushPromises();
    expect(host.sent('POST library/one/metadata/restore')[0]?.body).toEqual({ field: 'name', at: 5 });
  });

  it('that cannot be read leaves what the list knows', async () => {
    const host = new FakeHost();
    for (const part of ['', '/metadata', '/metadata/history', '/previews']) {
      host.refuse(`GET library/one${part}`, problem('index_unusable'), 500);
    }
    host.refuse('GET library/preview/facts', problem('index_unusable'), 500);
    const panel = createPanel(host);
    void panel.library.detail.open(SHOWN);
    const detail = inPanel(ModelDetail, { model: SHOWN }, panel);
    await flushPromises();
    expect(detail.get('h3').text()).toBe('detail.safetensors');
    expect(detail.get('.ban.e').text()).toContain('Try again');
  });
});

describe('what a person says', () => {
  it('is kept as it is said', async () => {
    const { host, detail, button } = await stage();
    host.answer('PATCH library/one', SHOWN);
    await button('Favourite').trigger('click');
    await button('4 stars').trigger('click');
    await detail.get('#mk-notes').setValue('softer below 0.8');
    await detail.get('#mk-tags').setValue('soft, light');
    await flushPromises();
    expect(host.sent('PATCH library/one').map(({ body }) => body)).toEqual([
      { favourite: true },
      { rating: 4 },
      { notes: 'softer below 0.8' },
      { tags: ['soft', 'light'] },
    ]);
  });
});

describe('the preview', () => {
  it('is another one at once, with the way back', async () => {
    const { host, panel, detail } = await stage();
    host.answer('PUT library/preview', { ...FACTS, chosen: true });
    host.answer('DELETE library/preview', FACTS);
    const before = panel.library.pictures.versionOf(SHOWN);
    await panel.library.detail.choosePicture(new Blob(['picture']));
    expect(panel.library.pictures.versionOf(SHOWN)).toBeGreaterThan(before);
    expect(host.sent('PUT library/preview')[0]?.query.get('path')).toBe('a/detail.safetensors');
    host.answer('GET library/preview/facts', { ...FACTS, chosen: true });
    await panel.library.detail.load();
    await flushPromises();
    expect(detail.text()).toContain('Chosen by you');
  });
});
