import { flushPromises } from '@vue/test-utils';
import { nextTick } from 'vue';
import { describe, expect, it } from 'vitest';

import type { Need } from '../../api/types';
import { createPanel } from '../../stores/panel';
import { FakeCanvas, FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { batch, changes, job, live, need, problem } from '../../testing/samples';
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
    expect([...panel.workflow.unticked]).toEqual(['ae.safetensors']);
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

  it('leads to the paste field where nobody knows the file', async () => {
    const { panel, row } = stage({ state: 'missing', places: [], url: null });
    panel.ui.tab = 'workflow';
    expect(row.get('.l2').text()).toContain('does not say where it is');
    await row.get('.acts button').trigger('click');
    expect(panel.ui.tab).toBe('queue');
  });

  it('gets what is optional only on its own', async () => {
    const { host, panel, row } = stage({ state: 'optional' });
    host.answer('POST workflows/fetch', { job: batch(), items: [] });
    await row.get('.acts button').trigger('click');
    await flushPromises();
    expect(host.sent('POST workflows/fetch')[0]!.body).toMatchObject({ models: [{ name: 'ae.safetensors' }] });
    expect(panel.queue.jobs.has('b1')).toBe(true);
    expect(stage({ state: 'optional', url: null }).row.find('.acts').exists()).toBe(false);
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

describe('a choice', () => {
  const choices = [
    { url: 'https://a.example/1', category: 'vae', sha256: null },
    { url: 'https://a.example/2', category: 'vae', sha256: 'ab' },
  ];

  it('is one of several, the first one marked, and nothing is fetched unasked', async () => {
    const { host, panel, row } = stage({ state: 'choose', choices });
    host.answer('POST workflows/fetch', { job: batch(), items: [] });
    const radios = row.findAll<HTMLInputElement>('[role=radiogroup] input');
    expect(radios.map((radio) => radio.element.checked)).toEqual([true, false]);
    await radios[1]!.setValue(true);
    expect(host.requests).toEqual([]);
    await row.get('[role=radiogroup] button').trigger('click');
    await flushPromises();
    expect(host.sent('POST workflows/fetch')[0]!.body).toEqual({
      models: [{ name: 'ae.safetensors', url: 'https://a.example/2', directory: 'vae', sha256: 'ab' }],
    });
    expect(panel.queue.jobs.has('b1')).toBe(true);
  });
});

it('is not touched by a job for another file', async () => {
  const { panel, row } = stage({ name: 'b.gguf' });
  panel.queue.put(job({ state: 'running' }));
  await nextTick();
  expect(row.get('.st').attributes('title')).toBe('To get');
});
