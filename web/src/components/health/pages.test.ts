import { flushPromises } from '@vue/test-utils';
import type { Component } from 'vue';
import { describe, expect, it } from 'vitest';

import { createPanel } from '../../stores/panel';
import { FakeHost, type SentRequest } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { fileChange, job, maintenance, news, problem, schedule, trashed, update } from '../../testing/samples';
import ChangesPage from './ChangesPage.vue';
import FoldersPage from './FoldersPage.vue';
import ItemsPage from './ItemsPage.vue';
import NewsPage from './NewsPage.vue';
import SchedulesPage from './SchedulesPage.vue';
import TrashPage from './TrashPage.vue';
import UpdatesPage from './UpdatesPage.vue';

const EMPTY = { items: [], next: null, total: 0 };
const DONE = { change: fileChange({ id: 'c9' }), job: null, results: [], workflows: [] };

async function stage(page: Component, answers: Record<string, object>, jobs: ReturnType<typeof job>[] = []) {
  const host = new FakeHost();
  host.answer('GET maintenance', maintenance());
  for (const route of ['space', 'duplicates', 'broken', 'trash', 'changes']) {
    host.answer(`GET library/${route}`, { ...EMPTY, bytes: 0, bytes_freed: 0, by_category: [] });
  }
  for (const [route, answer] of Object.entries(answers)) host.answer(route, answer);
  const panel = createPanel(host);
  for (const one of jobs) panel.queue.put(one);
  if (jobs[0]) panel.health.open('job', jobs[0].id);
  const shown = inPanel(page, {}, panel);
  await flushPromises();
  const press = async (words: string): Promise<void> => {
    await shown.findAll('button').find((button) => button.text() === words)!.trigger('click');
    await flushPromises();
  };
  const choose = async (id: string): Promise<void> => {
    await shown.get('[aria-haspopup=menu]').trigger('click');
    document.querySelector<HTMLElement>(`[data-id="${id}"]`)!.click();
    await flushPromises();
  };
  return { host, panel, shown, press, choose };
}

describe('the trash', () => {
  const there = { 'GET library/trash': { items: [trashed(), trashed({ id: 't2' })], next: null, total: 2, bytes: 2_000 } };

  it('leaves the focus to the next one when one is brought back, and in the end to what leads back', async () => {
    const { host, shown } = await stage(TrashPage, there);
    let left = [trashed(), trashed({ id: 't2' }), trashed({ id: 't3' })];
    const page = () => ({ items: left, next: null, total: left.length, bytes: 1_000 });
    host.answer('GET library/trash', page);
    host.answer('POST library/trash/restore', ({ body }) => {
      left = left.filter(({ id }) => !(body as { ids: string[] }).ids.includes(id));
      return DONE;
    });
    const restore = async (id: string): Promise<void> => {
      const button = shown.get<HTMLElement>(`[data-model=${id}] button`).element;
      button.focus();
      button.click();
      await flushPromises();
    };
    const focused = () => document.activeElement as HTMLElement;
    await restore('t1');
    expect(focused().dataset['model']).toBe('t2');
    await restore('t2');
    expect(focused().dataset['model']).toBe('t3');
    await restore('t3');
    expect(focused()).toBe(shown.get('.dh button').element);
  });

  it('gives back, and takes that back too', async () => {
    const { host, panel, press } = await stage(TrashPage, { ...there, 'POST library/trash/restore': DONE });
    await press('Bring back');
    expect(host.sent('POST library/trash/restore')[0]!.body).toEqual({ ids: ['t1'] });
    expect(panel.ui.notice?.text).toBe('1 model is back.');
    host.answer('POST library/changes/c9/undo', DONE);
    panel.ui.notice!.undo!();
    await flushPromises();
    expect(host.sent('POST library/changes/c9/undo')).toHaveLength(1);
  });

  it('says what stood in the way', async () => {
    const results = [{ id: 't1', new_id: null, error: problem('restore_place_taken') }];
    const refused = { ...DONE, change: null, results };
    const { panel, press } = await stage(TrashPage, { ...there, 'POST library/trash/restore': refused });
    await press('Bring back');
    expect(panel.ui.notice?.kind).toBe('warn');
  });

  it('deletes nothing for good before a person has said so', async () => {
    const { host, panel, shown, press } = await stage(TrashPage, there);
    host.answer('POST library/trash/purge', { files: 2, bytes_freed: 2_000, problems: [] });
    await press('Empty');
    const dialog = shown.get('[role=alertdialog]');
    expect(dialog.text()).toContain('This cannot be undone.');
    expect(document.activeElement?.textContent.trim()).toBe('Keep them');
    expect(host.sent('POST library/trash/purge')).toHaveLength(0);
    await press('Delete 2 files');
    expect(host.sent('POST library/trash/purge')[0]!.body).toEqual({ ids: ['t1', 't2'] });
    expect(panel.ui.notice?.text).toContain('2.00\u00a0kB are free now');
  });
});

describe('schedules', () => {
  const there = { 'GET schedules': { items: [schedule({ next_run: Date.now() + 2 * 3_600_000 })] } };
  const PUT = 'PUT schedules/nightly';

  it('say in plain words when', async () => {
    const { shown } = await stage(SchedulesPage, there);
    const row = shown.get('[data-schedule=nightly]').text();
    expect(row).toContain('Every day at 03:00, not while a prompt runs');
    expect(row).toMatch(/next in 2\sh/);
  });

  it('are switched off', async () => {
    const { host, shown } = await stage(SchedulesPage, { ...there, [PUT]: schedule() });
    await shown.get('input[role=switch]').setValue(false);
    await flushPromises();
    expect(host.sent(PUT)[0]!.body).toMatchObject({ enabled: false, task: 'metadata' });
  });

  it('are added under a name of their own', async () => {
    const { host, shown, press } = await stage(SchedulesPage, { 'GET schedules': { items: [schedule({ name: 'metadata' })] } });
    host.answer('PUT schedules/metadata-2', schedule());
    await press('Add');
    await shown.get('#mk-time').setValue('22:30');
    await press('Save');
    const sent = host.sent('PUT schedules/metadata-2')[0] as SentRequest;
    expect(sent.body).toMatchObject({ when: { kind: 'cron', cron: '30 22 * * *' } });
    expect(shown.find('[role=dialog]').exists()).toBe(false);
  });

  it('run now, and are removed with the way back', async () => {
    const { host, panel, choose } = await stage(SchedulesPage, { ...there, [PUT]: schedule() });
    host.answer('POST schedules/nightly/run', { job: job({ id: 'm', kind: 'metadata' }), deduplicated: false });
    await choose('run');
    expect(panel.queue.jobs.has('m')).toBe(true);
    host.answer('DELETE schedules/nightly', { items: [] });
    await choose('remove');
    panel.ui.notice!.undo!();
    await flushPromises();
    expect(host.sent(PUT)).toHaveLength(1);
  });
});

describe('updates', () => {
  const there = { 'GET updates': { items: [update(), update({ model: 'u2', ignored: true })], next: null, total: 2, checked_at: null } };

  it('say what differs, and are fetched', async () => {
    const { host, panel, shown, press } = await stage(UpdatesPage, there);
    host.answer('POST updates/fetch', { job: job({ id: 'd' }), items: [] });
    expect(shown.get('[data-model=u1] .l2').text()).toContain('v1 → v2 · SDXL');
    expect(shown.findAll('[data-model]')).toHaveLength(1);
    await press('Get');
    expect(host.sent('POST updates/fetch')[0]!.body).toEqual({ models: ['u1'] });
    expect(panel.queue.jobs.has('d')).toBe(true);
  });

  it('say that a file was pinned to a commit', async () => {
    const pinned = update({ installed: { version: 'main 3fa91c2044', version_id: -1, base_model: 'SDXL', pinned: true } });
    const { shown } = await stage(UpdatesPage, { 'GET updates': { items: [pinned], next: null, total: 1, checked_at: null } });
    expect(shown.get('[data-model=u1] .l2').text()).toContain('main 3fa91c2044 → v2 · pinned to its commit · SDXL');
  });

  it('are ignored: one version, or for ever', async () => {
    const { host, choose } = await stage(UpdatesPage, there);
    host.answer('POST updates/ignore', { model: 'u1', ignored: true });
    await choose('version');
    await choose('all');
    expect(host.sent('POST updates/ignore').map(({ body }) => body)).toEqual([
      { model: 'u1', version_id: 2, ignored: true },
      { model: 'u1', all: true, ignored: true },
    ]);
  });
});

describe('the items of a job', () => {
  const failed = (idx: number, code: string) => ({
    idx, key: `k${idx}`, model: `m${idx}`, name: `${code}.safetensors`, state: 'failed', outcome: null, error: problem(code),
  });
  const all = [failed(1, 'civitai_login_needed'), failed(2, 'unreachable')];
  const items = ({ query }: SentRequest) => ({
    items: query.get('state') === 'failed' ? all : [...all, { ...failed(3, 'x'), state: 'succeeded', error: null }],
    next: null, total: 3, counts: { failed: 2, succeeded: 1 },
  });

  it('that failed stand first, each with the one thing that helps', async () => {
    const done = job({ id: 'm', kind: 'metadata', state: 'succeeded' });
    const { host, panel, shown, press } = await stage(ItemsPage, { 'GET jobs/m/items': items }, [done]);
    const sections = shown.findAll('section').map((section) => section.attributes('aria-label'));
    expect(sections).toEqual(['Failed', 'Others']);
    await press('Set token');
    expect(panel.ui.question).toEqual({ kind: 'token', provider: 'civitai' });
    host.answer('POST metadata/refresh', { job: job({ id: 'n', kind: 'metadata' }), deduplicated: false });
    host.answer('GET jobs/n/items', { items: [], next: null, total: 0, counts: {} });
    await press('Try again');
    expect(host.sent('POST metadata/refresh')[0]!.body).toMatchObject({ ids: ['m2'] });
    expect(panel.health.openJob.value).toBe('n');
  });
});

it('what was done is taken back in its row', async () => {
  const { host, press } = await stage(ChangesPage, {
    'GET library/changes': { items: [fileChange(), fileChange({ id: 'c2', can_be_undone: false })], next: null, total: 2 },
    'POST library/changes/c1/undo': DONE,
  });
  await press('Undo');
  expect(host.sent('POST library/changes/c1/undo')).toHaveLength(1);
});

it('a folder is looked at when a person wants it', async () => {
  const root = { category: 'loras', path: '/models/loras', policy: 'start', online: false, files: 0, bytes: 0 };
  const { host, shown } = await stage(FoldersPage, { 'GET roots': { items: [root] }, 'PUT roots/policy': { items: [] } });
  expect(shown.get('[data-root]').text()).toContain('not there at the moment');
  await shown.get('[aria-haspopup=listbox]').trigger('click');
  document.querySelector<HTMLElement>('[data-id=manual]')!.click();
  await flushPromises();
  expect(host.sent('PUT roots/policy')[0]!.body).toEqual({ path: '/models/loras', policy: 'manual' });
});

it('notifications say their facts, and are read', async () => {
  const low = news({ id: '2', level: 'warning', code: 'space_low', data: { path: 'D:', free: 12e9 }, job: null });
  const { host, panel, shown, press } = await stage(NewsPage, {
    'GET notifications': { items: [news(), low], next: null, total: 2, unread: 2 },
    'POST notifications/read': { unread: 0 },
  });
  expect(shown.get('[data-news=metadata_finished]').text()).toContain('Metadata of 3 models: 2 changed, 0 failed');
  expect(shown.get('[data-news=space_low]').text()).toContain('D: is nearly full: 12.0\u00a0GB free');
  await shown.get('[data-news=space_low] button').trigger('click');
  expect(panel.health.page.value).toBe('space');
  await press('Mark all read');
  expect(host.sent('POST notifications/read')).toHaveLength(1);
  expect(shown.findAll('.unread')).toHaveLength(0);
});
