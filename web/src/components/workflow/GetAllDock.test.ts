import { flushPromises } from '@vue/test-utils';
import { nextTick } from 'vue';
import { describe, expect, it } from 'vitest';

import { createPanel } from '../../stores/panel';
import type { Analysis } from '../../api/types';
import { FakeCanvas, FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { analysis, batch, job, need, problem } from '../../testing/samples';
import GetAllDock from './GetAllDock.vue';

const two = [need({ name: 'a', size: 700 }), need({ name: 'b', size: 300 })];

async function stage(found: Analysis = analysis(two)) {
  const host = new FakeHost({ canvas: new FakeCanvas() });
  host.answer('POST workflows/analyze', found);
  const panel = createPanel(host);
  await panel.workflow.look();
  const dock = inPanel(GetAllDock, {}, panel);
  const text = () => dock.text().replaceAll('\u00a0', ' ');
  return { host, panel, dock, text };
}

describe('GetAllDock', () => {
  it('says how many there are, how large, and what is left afterwards', async () => {
    const { dock, text } = await stage();
    expect(text()).toContain('10.0 kB free now');
    expect(text()).toContain('9.00 kB after');
    expect(dock.get('button').text().replaceAll('\u00a0', ' ')).toBe('Get all (2) · 1.00 kB');
    expect(dock.get('button').attributes('disabled')).toBeUndefined();
  });

  it('counts only what is ticked', async () => {
    const { panel, dock } = await stage();
    panel.workflow.unticked.add('vae/a');
    await nextTick();
    expect(dock.get('button').text().replaceAll('\u00a0', ' ')).toBe('Get 1 · 300 B');
  });

  it('counts neither a choice nor what is optional', async () => {
    const others = [need({ name: 'c', state: 'choose' }), need({ name: 'd', state: 'optional' })];
    const { dock } = await stage(analysis([...two, ...others]));
    expect(dock.get('button').text()).toContain('(2)');
  });

  it('names no size where one of them is not known', async () => {
    const { dock } = await stage(analysis([...two, need({ name: 'c', size: null })]));
    expect(dock.get('button').text()).toBe('Get all (3)');
  });

  it('cannot be pressed where it does not fit, and says how much is too much', async () => {
    const { host, dock, text } = await stage(analysis(two, 400));
    expect(text()).toContain('600 B too much');
    expect(dock.get('.sub').classes()).toContain('bad');
    expect(dock.get('button').attributes('disabled')).toBeDefined();
    await dock.get('button').trigger('click');
    expect(host.sent('POST workflows/fetch')).toEqual([]);
  });

  it('can be pressed again when enough is unticked', async () => {
    const { panel, dock } = await stage(analysis(two, 400));
    panel.workflow.unticked.add('vae/a');
    await nextTick();
    expect(dock.get('button').attributes('disabled')).toBeUndefined();
  });

  it('does not judge by a drive that it does not know', async () => {
    const { dock } = await stage({ items: two, space: [], missing_nodes: [] });
    expect(dock.find('.sub').exists()).toBe(false);
    expect(dock.get('button').attributes('disabled')).toBeUndefined();
  });

  it('asks once, however often it is pressed', async () => {
    const { host, panel, dock } = await stage();
    let accept: (answer: unknown) => void = () => undefined;
    host.answer('POST workflows/fetch', () => new Promise((resolve) => (accept = resolve)));
    await dock.get('button').trigger('click');
    await dock.get('button').trigger('click');
    accept({ job: batch(), items: [] });
    await flushPromises();
    expect(host.sent('POST workflows/fetch')).toHaveLength(1);
    expect(panel.queue.jobs.has('b1')).toBe(true);
    expect(dock.get('button').attributes('disabled')).toBeUndefined();
  });

  it('says the first refusal', async () => {
    const { host, panel, dock } = await stage();
    const error = problem('unknown_to_us', { message: 'No such folder.' });
    host.answer('POST workflows/fetch', { job: null, items: [{ job: null, error: null }, { job: null, error }] });
    await dock.get('button').trigger('click');
    await flushPromises();
    expect(panel.ui.notice).toEqual({ text: 'No such folder.', kind: 'bad' });
  });

  it('gives way to a line when all of it is on its way', async () => {
    const { panel, dock, text } = await stage();
    for (const { name, path } of two) panel.queue.put(job({ id: name, path, state: 'running' }));
    await nextTick();
    expect(dock.find('button').exists()).toBe(false);
    expect(text()).toBe('Everything that can be fetched is on its way.');
  });

  it('does not say so of what has failed', async () => {
    const { panel, text } = await stage();
    for (const { name, path } of two) panel.queue.put(job({ id: name, path, state: 'failed' }));
    await nextTick();
    expect(text()).toBe('');
  });

  it('waits for a tick where there is none', async () => {
    const { panel, dock } = await stage();
    panel.workflow.unticked.add('vae/a').add('vae/b');
    await nextTick();
    expect(dock.get('button').text()).toBe('Get all (0)');
    expect(dock.get('button').attributes('disabled')).toBeDefined();
  });
});
