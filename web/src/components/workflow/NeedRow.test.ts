import { flushPromises } from '@vue/test-utils';
import { nextTick } from 'vue';
import { describe, expect, it } from 'vitest';

import type { Need } from '../../api/types';
import { createPanel } from '../../stores/panel';
import { FakeCanvas, FakeHost, openWorkflow } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { analysis, batch, changes, job, live, need, problem, relinkable } from '../../testing/samples';
import NeedRow from './NeedRow.vue';

function stage(given: Partial<Need> = {}, tick = false) {
  const canvas = new FakeCanvas();
  const host = new FakeHost({ canvas });
  const panel = createPanel(host);
  const row = inPanel(NeedRow, { need: need(given), tick }, panel);
  const text = () => row.text().replaceAll('\u00a0', ' ');
  return { host, canvas, panel, row, text };
}

describe('NeedRow', () => {
  it.each([
    ['fetch', 'To get'],
    ['choose', 'Choose one'],
    ['missing', 'Not found'],
    ['optional', 'Optional'],
    ['on_disk', 'On disk'],
  ] as const)('says by an icon with words that a file is %s', (state, words) => {
    const { row } = stage({ state });
    expect(row.get('.st').attributes('title')).toBe(words);
    expect(row.find('.st svg').exists()).toBe(true);
  });

  it('says where a file comes from, where it goes and who wants it', () => {
    const { row, text } = stage({ name: 'sub/ae.gguf', size: 335_000_000 });
    expect(row.get('.fn').attributes('title')).toBe('ae.gguf');
    expect(text()).toContain('335 MB');
    expect(row.get('.l2').text()).toContain('huggingface.co · vae · VAELoader #7');
    expect(row.get('.tag').text()).toBe('sha256');
  });

  it('counts the nodes where there are several', () => {
    const [place] = need().places;
    expect(stage({ places: [place!, place!, place!] }).text()).toContain('3 nodes');
  });

  it('says that a host has to be admitted first', () => {
    expect(stage({ approval: true }).row.get('.tag').text()).toBe('New host');
  });

  it('says why where it cannot be found out', () => {
    const error = problem('unknown_to_us', { message: 'Its page is gone.' });
    expect(stage({ error }).row.get('.l2 .warn').text()).toBe('Its page is gone.');
  });

  it('shows its node on the canvas', async () => {
    const { canvas, row } = stage();
    await row.get('article').trigger('click');
    await row.get('article').trigger('keydown', { key: 'Enter' });
    expect(canvas.revealed).toEqual([...need().places, ...need().places]);
  });

  it('has a tick that says whether it is fetched with all', async () => {
    const { canvas, panel, row } = stage({}, true);
    const box = row.get<HTMLInputElement>('input[type=checkbox]');
    expect(box.element.checked).toBe(true);
    await box.setValue(false);
    expect([...panel.workflow.unticked]).toEqual(['vae/ae.safetensors']);
    await box.setValue(true);
    expect(panel.workflow.unticked.size).toBe(0);
    await box.trigger('click');
    expect(canvas.revealed).toEqual([]);
  });

  it('shows the job that brings it instead', async () => {
    const { host, panel, row, text } = stage({}, true);
    host.answer('GET events', changes({ live: { j1: live() } }));
    await panel.queue.load();
    panel.queue.put(job({ state: 'running' }));
    await nextTick();
    expect(row.find('input').exists()).toBe(false);
    expect(row.get('.st').attributes('title')).toBe('Downloading');
    expect(row.get('[role=progressbar]').attributes('aria-valuenow')).toBe('40');
    expect(text()).toContain('0.40 of 1.00 kB');
  });

  it('is ticked by the space bar too', async () => {
    const { panel, row } = stage({}, true);
    await row.get('article').trigger('keydown', { key: ' ' });
    expect([...panel.workflow.unticked]).toEqual(['vae/ae.safetensors']);
    await row.get('article').trigger('keydown', { key: ' ' });
    expect(panel.workflow.unticked.size).toBe(0);
  });

  it('takes a link where nobody knows the file', async () => {
    const { canvas, row } = stage({ state: 'missing', url: null });
    expect(row.get('.l2').text()).toContain('Nobody publishes a file of this name · VAELoader #7');
    await row.get('.acts button').trigger('click');
    expect(row.find('.pasted input').exists()).toBe(true);
    expect(row.find('.acts button').exists()).toBe(false);
    await row.get('.pasted button').trigger('click');
    expect(row.find('.pasted').exists()).toBe(false);
    expect(canvas.revealed).toEqual([]);
  });

  it('does not say that nobody has it before everybody was asked', async () => {
    const failed = stage({ state: 'missing', failures: [problem('unreachable')] });
    expect(failed.row.get('.l2').text()).toContain('Not everybody could be asked');
    const { panel, row } = stage({ state: 'missing' });
    panel.workflow.state.busy = true;
    await nextTick();
    expect(row.get('.l2').text()).toContain('Being searched for');
  });

  it('gets what is optional only on its own', async () => {
    const { host, panel, row } = stage({ state: 'optional' });
    host.answer('POST workflows/fetch', { job: batch(), items: [] });
    await row.get('.acts button').trigger('click');
    await flushPromises();
    expect(host.sent('POST workflows/fetch')[0]!.body).toMatchObject({ models: [{ name: 'ae.safetensors' }] });
    expect(panel.queue.jobs.has('b1')).toBe(true);
    expect(stage({ state: 'optional', url: null }).row.find('.acts button').exists()).toBe(false);
  });

  it('says what is refused where one is got on its own', async () => {
    const { host, panel, row } = stage({ state: 'optional' });
    const error = problem('unknown_to_us', { message: 'No such folder.' });
    host.answer('POST workflows/fetch', { job: null, items: [{ job: null, error }] });
    await row.get('.acts button').trigger('click');
    await flushPromises();
    expect(panel.ui.notice).toEqual({ text: 'No such folder.', kind: 'bad' });
  });
});

describe('a file that is here', () => {
  function relinking(given: Partial<Need> = {}) {
    const before = { nodes: [{ id: 7, widgets_values: ['SDXL/ae.safetensors'] }] };
    const all = stage(relinkable(given));
    all.canvas.workflow = openWorkflow({ workflow: before });
    const after = { nodes: [{ id: 7, widgets_values: ['ae.safetensors'] }] };
    all.host.answer('POST workflows/relink', { workflow: after, changes: [] });
    all.host.answer('POST workflows/analyze', analysis());
    return all;
  }

  it('shows what its loader says now and will say, and why', () => {
    const { row } = relinking();
    expect(row.findAll('.diff > div').map((line) => line.text())).toEqual([
      'SDXL/ae.safetensors',
      'ae.safetensors',
    ]);
    expect(row.get('.diff mark').text()).toBe('SDXL/');
    expect(row.get('.diff').attributes('aria-label')).toBe('SDXL/ae.safetensors becomes ae.safetensors');
    expect(row.get('.l2').text()).toContain('In another folder · Same sha256');
    const other = relinking({ name: 'old_name.safetensors' });
    expect(other.row.get('.l2').text()).toContain('Under another name');
  });

  it('is relinked by one press, with a way back', async () => {
    const { canvas, panel, row } = relinking();
    await row.get('.acts button').trigger('click');
    await flushPromises();
    expect(canvas.applied).toHaveLength(1);
    expect(panel.ui.notice).toMatchObject({ text: '1 model is relinked.', kind: 'ok' });
    panel.ui.notice?.undo?.();
    await flushPromises();
    expect(canvas.applied).toEqual([]);
  });

  it('says what has changed in the meantime', async () => {
    const { canvas, panel, row } = relinking();
    canvas.missing = 1;
    await row.get('.acts button').trigger('click');
    await flushPromises();
    expect(panel.ui.notice).toMatchObject({ kind: 'warn' });
    expect(panel.ui.notice?.text).toContain('1 node has changed in the meantime');
  });

  it('says what the server refuses', async () => {
    const { host, panel, row } = relinking();
    host.refuse('POST workflows/relink', problem('unknown_to_us', { message: 'It has changed.' }));
    await row.get('.acts button').trigger('click');
    await flushPromises();
    expect(panel.ui.notice).toEqual({ text: 'It has changed.', kind: 'bad' });
  });
});

it('is not touched by a job for another file', async () => {
  const { panel, row } = stage({ name: 'b.gguf' });
  panel.queue.put(job({ state: 'running' }));
  await nextTick();
  expect(row.get('.st').attributes('title')).toBe('To get');
});
