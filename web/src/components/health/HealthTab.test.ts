import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import type { Maintenance } from '../../api/healthTypes';
import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { fileChange, job, live, changes, maintenance, problem, recommendation, schedule } from '../../testing/samples';
import HealthTab from './HealthTab.vue';

const WORDS = recommendation({
  code: 'metadata_incomplete',
  category: 'loras',
  count: 37,
  missing: { trained_words: 30, base_model: 7, description: 2 },
});
const BROKEN = recommendation({ code: 'files_broken', count: 2, action: { kind: 'broken', query: null } });

async function stage(report: Maintenance = maintenance()) {
  const host = new FakeHost();
  const space = { files: 100, bytes: 3_000, by_base_model: [], by_root: [], by_last_use: [] };
  const by_category = [
    { value: 'loras', files: 60, bytes: 2_000 },
    { value: 'vae', files: 40, bytes: 1_000 },
  ];
  host.answer('GET maintenance', report);
  host.answer('GET library/space', { ...space, by_category });
  host.answer('GET library/duplicates', {
    items: [], next: null, total: 0, bytes_freed: 0, same_weights: [], more_same_weights: false,
  });
  host.answer('GET library/trash', { items: [], next: null, total: 0, bytes: 0 });
  host.answer('GET library/changes', { items: [fileChange()], next: null, total: 1 });
  host.answer('GET schedules', { items: [schedule()] });
  const panel = createPanel(host);
  const tab = inPanel(HealthTab, {}, panel);
  await flushPromises();
  const todo = (code: string) => tab.get(`[data-todo=${code}]`);
  return { host, panel, tab, todo };
}

describe('HealthTab', () => {
  it('says how the library is, and what costs most', async () => {
    const { tab } = await stage(maintenance([WORDS, BROKEN]));
    expect(tab.get('.hp .t').text()).toBe('Broken files cost 6 points');
    expect(tab.get('.hp .big').attributes('aria-label')).toBe('88 of 100 points');
  });

  it('has nothing to say where all is well', async () => {
    const { tab } = await stage();
    expect(tab.get('.hp .t').text()).toBe('All 100 models are in order');
    expect(tab.find('[data-todo]').exists()).toBe(false);
  });

  it('has what hurts most first, and one blue button', async () => {
    const { tab, todo } = await stage(maintenance([WORDS, BROKEN]));
    const codes = tab.findAll<HTMLElement>('[data-todo]').map((row) => row.element.dataset['todo']);
    expect(codes).toEqual(['files_broken', 'metadata_incomplete']);
    expect(tab.findAll('.btn.pri')).toHaveLength(1);
    expect(todo('metadata_incomplete').text()).toContain(
      'loras · 30 without trigger words, 7 without base model',
    );
  });

  it('follows a recommendation in its place, with a bar, and ends it', async () => {
    const { host, panel, tab, todo } = await stage(maintenance([WORDS]));
    const started = job({ id: 'm', kind: 'metadata', state: 'running', bytes_total: null });
    host.answer('POST maintenance/apply', { job: started, deduplicated: false });
    host.answer('POST jobs/m/cancel', { ...started, state: 'cancelled', updated_at: started.updated_at + 1 });
    await todo('metadata_incomplete').get('button').trigger('click');
    panel.queue.apply(changes());
    panel.queue.live.value = { m: live({ bytes_done: 23, bytes_total: 37, seconds_left: 61 }) };
    await flushPromises();
    const row = tab.get('[data-job=m]');
    expect(row.text()).toContain('23 of 37');
    expect(row.text()).toContain('1\u00a0min left');
    expect(row.get('[role=progressbar]').attributes('aria-valuenow')).toBe('62');
    await row.get('[aria-label=Stop]').trigger('click');
    await flushPromises();
    expect(tab.find('[data-todo=metadata_incomplete]').exists()).toBe(true);
  });

  it('says why the drive is busy', async () => {
    const busy = { job: 'h', kind: 'hash', why: 'schedule', schedule: 'nightly', path: '/models/big' };
    const { panel, tab } = await stage({ ...maintenance(), activity: [busy] });
    panel.queue.put(job({ id: 'h', kind: 'hash', state: 'running' }));
    await flushPromises();
    expect(tab.get('[data-job=h]').text()).toContain('by the schedule nightly · /models/big');
  });

  it('leads to what a person has to look at, and back', async () => {
    const { host, tab, todo } = await stage(maintenance([BROKEN]));
    host.answer('GET library/broken', { items: [], next: null, total: 0, facets: null, scanned_at: 0, scanning: false });
    await todo('files_broken').get('button').trigger('click');
    await flushPromises();
    expect(tab.get('.dh h2').text()).toBe('Broken files');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Back to Health');
    await tab.get('.dh').trigger('keydown', { key: 'Escape' });
    await flushPromises();
    expect(document.activeElement).toBe(todo('files_broken').element);
  });

  it('offers a first look where nobody has looked', async () => {
    const { host, tab } = await stage({ ...maintenance(), scanned_at: null, models: 0 });
    host.answer('POST maintenance/scan', { job: job({ id: 's', kind: 'scan' }), deduplicated: false });
    await tab.get('.empty button').trigger('click');
    await flushPromises();
    expect(tab.get('.hp .t').text()).toBe('Looking at all folders');
    expect(tab.find('.empty').exists()).toBe(false);
  });

  it('says why it does not know, and asks again', async () => {
    const { host, panel, tab } = await stage();
    host.refuse('GET maintenance', problem('index_unusable'), 503);
    await panel.health.look();
    expect(tab.get('[role=alert]').text()).toContain('The list of your models');
    host.answer('GET maintenance', maintenance());
    await tab.get('[role=alert] button').trigger('click');
    await flushPromises();
    expect(tab.find('[role=alert]').exists()).toBe(false);
  });

  it('tells a reader what the tiles show', async () => {
    const { tab } = await stage();
    expect(tab.get('.tm').attributes('aria-label')).toBe(
      'Space by folder: loras 2.00\u00a0kB, vae 1.00\u00a0kB',
    );
  });

  it('says in a line what runs by itself and what can be taken back', async () => {
    const { tab } = await stage();
    expect(tab.get('[data-page=schedules]').text()).toContain('Fill in metadata · Every day at 03:00');
    expect(tab.get('[data-page=changes]').text()).toContain('1 change can be taken back');
  });
});
