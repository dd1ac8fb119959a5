import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import type { FreeingRequest } from '../../api/healthTypes';
import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { detail, fileChange, job, maintenance } from '../../testing/samples';
import DuplicatesPage from './DuplicatesPage.vue';

const SHA = 'a'.repeat(64);
const PLAN = 'POST library/duplicates/plan';
const APPLY = 'POST library/duplicates/apply';

const model = (id: string) => ({ id, category: id, root: `/models/${id}`, relative: 'big.safetensors', name: 'big.safetensors' });

const variant = (digit: string, id: string) => ({
  sha256: digit.repeat(64), size: 2e8, files: 1, items: [model(id)],
});

async function stage({ more = false } = {}) {
  const host = new FakeHost();
  const items = ['checkpoints', 'unet', 'old'].map(model);
  host.answer('GET library/duplicates', {
    items: [{ sha256: SHA, size: 5e9, files: 3, bytes_freed: 1e10, kept: 'checkpoints', items }],
    next: null, total: 1, bytes_freed: 1e10,
    same_weights: [{ tensors: 'e'.repeat(64), variants: [variant('b', 'loras'), variant('c', 'old loras')] }],
    more_same_weights: more,
  });
  host.answer(PLAN, ({ body }: { body: unknown }) => {
    const kept = (body as FreeingRequest).chosen?.[SHA] ?? 'checkpoints';
    const others = items.map(({ id }) => id).filter((id) => id !== kept);
    return { items: [{ sha256: SHA, kept, others, bytes_freed: 1e10 }], next: null, total: 1, bytes_freed: 1e10 };
  });
  host.answer('GET maintenance', maintenance());
  for (const route of ['space', 'broken', 'trash', 'changes']) host.answer(`GET library/${route}`, { items: [] });
  const panel = createPanel(host);
  const page = inPanel(DuplicatesPage, {}, panel);
  await flushPromises();
  return { host, panel, page, dock: () => page.get('.dock .btn.pri') };
}

describe('DuplicatesPage', () => {
  it('shows which is kept and what becomes of the others, before anything happens', async () => {
    const { host, page, dock } = await stage();
    expect(page.get('.copies .kept').text()).toContain('checkpoints/big.safetensors');
    expect(page.findAll('[data-set] .copies li')).toHaveLength(3);
    expect(page.get('.l1 .sz').text()).toBe('3 × 5.00\u00a0GB');
    expect(dock().text()).toBe('Move 2 files to trash · 10.0\u00a0GB');
    expect(host.sent(APPLY)).toEqual([]);
  });

  it('keeps the one that a person chooses', async () => {
    const { host, page } = await stage();
    await page.get('.copies button').trigger('click');
    await flushPromises();
    expect(page.get('.copies .kept').text()).toContain('unet/big.safetensors');
    expect((host.sent(PLAN).at(-1)!.body as FreeingRequest).chosen).toEqual({ [SHA]: 'unet' });
  });

  it('asks anew for another rule or another way', async () => {
    const { host, page, dock } = await stage();
    const choose = async (label: string, id: string): Promise<void> => {
      await page.get(`[aria-label^="${label}"]`).trigger('click');
      document.querySelector<HTMLElement>(`[data-id=${id}]`)!.click();
      await flushPromises();
    };
    await choose('Which one is kept', 'oldest');
    await choose('What becomes', 'hardlink');
    expect(host.sent(PLAN).at(-1)!.body).toMatchObject({ how: 'hardlink', keep: expect.arrayContaining(['oldest']) as unknown });
    expect((host.sent(PLAN).at(-1)!.body as FreeingRequest).keep![0]).toBe('oldest');
    expect(dock().text()).toContain('Hard-link 2 files');
  });

  it('shows the same weights below, and does nothing with them', async () => {
    const { host, page, dock } = await stage();
    const shown = page.get('.same');
    expect(shown.text()).toContain('Same weights, other metadata');
    expect(shown.get('.ct').text()).toBe('1');
    expect(shown.get('.l1 .sz').text()).toBe('2 × 200\u00a0MB');
    expect(shown.findAll('.copies .whole').map((place) => place.text())).toEqual([
      'loras/big.safetensors',
      'old loras/big.safetensors',
    ]);
    expect(shown.findAll('.copies .num').map((digest) => digest.text())).toEqual(['bbbbbbbbbb', 'cccccccccc']);
    expect(shown.findAll('input')).toEqual([]);
    expect(dock().text()).toContain('2 files');
    expect(host.sent(APPLY)).toEqual([]);
  });

  it('says that there are more of the same weights than it shows', async () => {
    const { page } = await stage({ more: true });
    expect(page.get('.same .ct').text()).toBe('1+');
  });

  it('leads from the same weights to the model in the library', async () => {
    const { panel, page } = await stage();
    await page.findAll('.same .copies button')[1]!.trigger('click');
    expect(panel.ui.tab).toBe('library');
    expect(panel.library.detail.model.value?.id).toBe('old loras');
  });

  it('frees nothing that is not ticked', async () => {
    const { page, dock } = await stage();
    await page.get('.cbx input').setValue(false);
    expect(dock().attributes('disabled')).toBeDefined();
  });

  it('says that it is done when the job has ended, with the way back', async () => {
    const { host, panel, dock } = await stage();
    const started = job({ id: 'f', kind: 'change', state: 'running' });
    host.answer(APPLY, { change: null, job: started, results: [], workflows: [] });
    host.answer('GET jobs/f', detail(started, { result: { changes: ['c1'], done: 2, failed: 0 } }));
    await dock().trigger('click');
    await flushPromises();
    expect((host.sent(APPLY)[0]!.body as FreeingRequest).sha256s).toEqual([SHA]);
    expect(panel.ui.notice?.undo).toBeUndefined();
    panel.queue.put({ ...started, state: 'succeeded', updated_at: started.updated_at + 1 });
    await flushPromises();
    expect(panel.ui.notice?.text).toBe('2 files in the trash.');
    host.answer('POST library/changes/c1/undo', { change: fileChange(), job: null, results: [], workflows: [] });
    panel.ui.notice!.undo!();
    await flushPromises();
    expect(host.sent('POST library/changes/c1/undo')).toHaveLength(1);
  });
});
