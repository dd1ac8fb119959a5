import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Client } from '../api/client';
import type { Analysis } from '../api/types';
import { FakeCanvas, FakeHost, openWorkflow } from '../testing/FakeHost';
import { NOON, analysis, batch, candidate, job, need, problem, relinkable } from '../testing/samples';
import { createQueue } from './queue';
import { createWorkflow } from './workflow';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ROUTE = 'POST workflows/analyze';

function stage(canvas = new FakeCanvas()) {
  const host = new FakeHost({ canvas });
  const client = new Client(host.send, host.tokens);
  const queue = createQueue(client, () => NOON);
  const workflow = createWorkflow(client, queue, host);
  host.answer(ROUTE, analysis([need()]));
  const explored = () => host.sent(ROUTE).map(({ body }) => (body as { explore: boolean }).explore);
  return { host, queue, workflow, explored, canvas };
}

function withoutCanvas() {
  const host = new FakeHost();
  const client = new Client(host.send, host.tokens);
  const queue = createQueue(client, () => NOON);
  host.answer(ROUTE, analysis([need()]));
  return { host, queue, workflow: createWorkflow(client, queue, host) };
}

const names = (needs: readonly { name: string }[]) => needs.map((each) => each.name);

function file(text: string, name = 'Portrait.json'): File {
  return { name, text: () => Promise.resolve(text) } as File;
}


/** An answer that comes when it is told to. */
function later<T>(answer: T) {
  let come: () => void = () => undefined;
  const promise = new Promise<T>((resolve) => (come = () => resolve(answer)));
  return { promise, come };
}

describe('look', () => {
  it('asks what is here at once, then what the providers say', async () => {
    const { host, workflow, explored } = stage();
    const first = later(analysis([need({ size: null })]));
    const second = later(analysis([need({ size: 5 })]));
    host.answer(ROUTE, ({ body }: { body: unknown }) =>
      (body as { explore: boolean }).explore ? second.promise : first.promise,
    );
    const looked = workflow.look();
    first.come();
    await vi.waitFor(() => expect(workflow.fetchable.value).toHaveLength(1));
    expect(workflow.state).toMatchObject({ open: true, busy: true, explored: false });
    second.come();
    await looked;
    expect(workflow.fetchable.value[0]!.size).toBe(5);
    expect(workflow.state).toMatchObject({ busy: false, explored: true });
    expect(explored()).toEqual([false, true]);
  });

  it('asks again for what nobody had, only when a person wants to know now', async () => {
    const { host, workflow } = stage();
    await workflow.look();
    await workflow.look({ fresh: true });
    const fresh = host.sent(ROUTE).map(({ body }) => (body as { fresh: boolean }).fresh);
    expect(fresh).toEqual([false, false, true, true]);
  });

  it('asks no provider where everything is here', async () => {
    const { host, workflow, explored } = stage();
    host.answer(ROUTE, analysis([need({ state: 'on_disk' }), relinkable()]));
    await workflow.look();
    expect(explored()).toEqual([false]);
    expect(workflow.toSettle.value).toBe(1);
  });

  it('has the providers asked for what nobody names', async () => {
    const { host, workflow, explored } = stage();
    host.answer(ROUTE, analysis([need({ state: 'missing' })]));
    await workflow.look();
    expect(explored()).toEqual([false, true]);
  });

  it('names the nodes that are not installed: the canvas knows best, else the server', async () => {
    const { host, workflow, canvas } = stage();
    const [ours, theirs] = [{ node_type: 'Ours', count: 1 }, { node_type: 'Theirs', count: 2 }];
    host.answer(ROUTE, { ...analysis(), missing_nodes: [theirs] });
    await workflow.look();
    expect(workflow.analysis.value.missing_nodes).toEqual([theirs]);
    canvas.workflow = openWorkflow({ missingNodes: [ours] });
    await workflow.look();
    expect(workflow.analysis.value.missing_nodes).toEqual([ours]);
  });

  it('sends all that the canvas knows', async () => {
    const open = openWorkflow({
      stored: { nodes: [1] },
      models: [{ name: 'ae', url: null, directory: null, sha256: null }],
    });
    const { host, workflow } = stage(new FakeCanvas(open));
    await workflow.look();
    const { workflow: shown, stored, models, values } = open;
    expect(host.sent(ROUTE)[0]!.body).toEqual({ workflow: shown, stored, models, values, explore: false, fresh: false });
    expect(workflow.title.value).toBe('Portrait');
  });

  it('drops the answer for a workflow that is not open any more', async () => {
    const { host, workflow } = stage();
    const old = later(analysis([need({ name: 'old' })]));
    host.answer(ROUTE, () => old.promise);
    const first = workflow.look();
    await vi.advanceTimersByTimeAsync(0);
    host.answer(ROUTE, analysis([need({ name: 'new', state: 'on_disk' })]));
    const second = workflow.look();
    old.come();
    await Promise.all([first, second]);
    expect(names(workflow.analysis.value.items)).toEqual(['new']);
    expect(workflow.state).toMatchObject({ busy: false, problem: null });
  });

  it('rests when the workflow is closed while it is looked at', async () => {
    const { host, workflow, canvas } = stage();
    host.answer(ROUTE, () => new Promise(() => undefined));
    void workflow.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(workflow.state.busy).toBe(true);
    canvas.opens(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(workflow.state).toMatchObject({ busy: false, open: false });
    expect(workflow.analysis.value.items).toEqual([]);
  });

  it('takes a canvas without nodes for no workflow', async () => {
    const { host, workflow } = stage(new FakeCanvas(openWorkflow({ workflow: null })));
    await workflow.look();
    expect(workflow.state.open).toBe(false);
    expect(host.requests).toEqual([]);
  });

  it('says what the server says', async () => {
    const { host, workflow } = stage();
    host.refuse(ROUTE, problem('workflow_unknown_format'), 422);
    await workflow.look();
    expect(workflow.state).toMatchObject({ busy: false, problem: { code: 'workflow_unknown_format' } });
    host.answer(ROUTE, analysis());
    await workflow.look();
    expect(workflow.state.problem).toBeNull();
  });

  it('looks by itself when another workflow is open', async () => {
    const { workflow, canvas } = stage();
    canvas.opens(openWorkflow({ title: 'Other' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(workflow.title.value).toBe('Other');
  });
});

describe('what is to be fetched', () => {
  const two = analysis([need({ name: 'a' }), need({ name: 'b' }), need({ name: 'c', state: 'optional' })]);

  async function looked(found: Analysis = two) {
    const all = stage();
    all.host.answer(ROUTE, found);
    all.host.answer('POST workflows/fetch', { job: batch(), items: [] });
    await all.workflow.look();
    return all;
  }

  it('is everything but what was unticked, and nothing optional', async () => {
    const { workflow } = await looked();
    expect(names(workflow.ticked.value)).toEqual(['a', 'b']);
    workflow.unticked.add('vae/a');
    expect(names(workflow.ticked.value)).toEqual(['b']);
    workflow.unticked.delete('vae/a');
    expect(names(workflow.ticked.value)).toEqual(['a', 'b']);
  });

  it('is not what a job brings already', async () => {
    const { workflow, queue } = await looked();
    const [a] = workflow.fetchable.value;
    expect(workflow.jobFor(a!)).toBeUndefined();
    const brings = job({ id: 'x', path: a!.path, state: 'running' });
    queue.put(brings);
    expect(workflow.jobFor(a!)).toEqual(brings);
    expect(names(workflow.ticked.value)).toEqual(['b']);
    queue.put(job({ id: 'x', path: a!.path, state: 'cancelled' }));
    expect(workflow.jobFor(a!)).toBeUndefined();
  });

  it('belongs to no job where nobody knows its place', async () => {
    const { workflow, queue } = await looked();
    queue.put(batch({ state: 'running' }));
    expect(workflow.jobFor(need({ path: null }))).toBeUndefined();
  });

  it('is fetched as one batch, which is in the queue at once', async () => {
    const { host, workflow, queue } = await looked();
    workflow.unticked.add('vae/a');
    expect(await workflow.get()).toEqual([]);
    expect(host.sent('POST workflows/fetch')[0]!.body).toEqual({
      title: 'Portrait',
      models: [{ name: 'b', url: 'https://huggingface.co/b', directory: 'vae', sha256: null }],
    });
    expect(queue.jobs.has('b1')).toBe(true);
  });

  it('is fetched as named, and what is refused is told', async () => {
    const { host, workflow } = await looked();
    const refused = problem('category_needed');
    host.answer('POST workflows/fetch', { job: null, items: [{ job: null, error: refused }] });
    expect(await workflow.get([need({ name: 'c' })])).toEqual([refused]);
    expect(host.sent('POST workflows/fetch')[0]!.body).toMatchObject({ models: [{ name: 'c' }] });
  });
});

describe('a file from a source that a person chose', () => {
  const FETCH = 'POST workflows/fetch';
  const wanted = need({ state: 'choose', path: null });

  it('gets the name and the folder that the workflow expects', async () => {
    const { host, workflow } = stage();
    host.answer(FETCH, { job: job(), items: [{ job_id: 'j1', error: null }] });
    expect(await workflow.getFrom(wanted, candidate({ name: 'Other.pt', sha256: 'ab' }))).toEqual([]);
    const { url } = candidate();
    expect(host.sent(FETCH)[0]!.body).toMatchObject({
      models: [{ name: 'ae.safetensors', url, directory: 'vae', sha256: 'ab' }],
    });
  });

  it('shows the job that brings it, although its place was not known', async () => {
    const { host, workflow, queue } = stage();
    host.answer(FETCH, { job: job({ path: '/x' }), items: [{ job_id: 'j1', error: null }] });
    await workflow.getFrom(wanted, candidate());
    expect(workflow.jobFor(wanted)?.id).toBe('j1');
    expect(workflow.jobFor(need({ state: 'choose', path: null, category: 'loras' }))).toBeUndefined();
    queue.put(job({ path: '/x', state: 'succeeded', seq: 2 }));
    expect(workflow.jobFor(wanted)).toBeUndefined();
  });
});

describe('after a file has become ready', () => {
  const ready = (id: string) => job({ id, state: 'succeeded' });

  it('makes the canvas read its lists once for several files, then looks again', async () => {
    const { queue, canvas, explored } = stage();
    queue.put(ready('a'));
    await vi.advanceTimersByTimeAsync(300);
    queue.put(ready('b'));
    await vi.advanceTimersByTimeAsync(399);
    expect(canvas.refreshes).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(canvas.refreshes).toBe(1);
    expect(explored()).toEqual([false, true]);
  });

  it('looks again also where there is no canvas', async () => {
    const { host, queue, workflow } = withoutCanvas();
    await workflow.openFile(file('{"nodes": []}'));
    const before = host.sent(ROUTE).length;
    queue.put(ready('a'));
    queue.put(ready('b'));
    await vi.advanceTimersByTimeAsync(400);
    expect(host.sent(ROUTE).length - before).toBe(2);
  });

  it('looks again also where the canvas could not read its lists', async () => {
    const { queue, canvas, explored } = stage();
    vi.spyOn(canvas, 'refresh').mockRejectedValue(new TypeError('the host stumbled'));
    queue.put(ready('a'));
    await vi.advanceTimersByTimeAsync(400);
    expect(explored()).toEqual([false, true]);
  });

  it('does nothing for a batch: its files have been told', async () => {
    const { queue, canvas } = stage();
    queue.put(batch({ state: 'succeeded' }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(canvas.refreshes).toBe(0);
  });
});

describe('a file opened by hand', () => {
  it('is looked at instead of the canvas, which does not take its place by itself', async () => {
    const { host, workflow, canvas } = stage();
    await workflow.openFile(file('{"nodes": [1]}'));
    expect(workflow.title.value).toBe('Portrait');
    expect(workflow.isFile()).toBe(true);
    expect(host.sent(ROUTE)[0]!.body).toMatchObject({ workflow: { nodes: [1] }, stored: null });
    const { length } = host.requests;
    canvas.opens(openWorkflow({ title: 'Other' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(workflow.title.value).toBe('Portrait');
    expect(host.requests).toHaveLength(length);
    canvas.workflow = openWorkflow({ title: 'Other' });
    await workflow.closeFile();
    expect(workflow.title.value).toBe('Other');
    expect(workflow.isFile()).toBe(false);
  });

  it.each(['{"nodes": [', '', 'null', '[]', '"text"', '7'])('is refused where it is %j', async (text) => {
    const { host, workflow } = withoutCanvas();
    await workflow.openFile(file(text));
    expect(workflow.state.problem?.code).toBe('workflow_unreadable');
    expect(workflow.isFile()).toBe(false);
    expect(host.requests).toEqual([]);
  });

  it('is read by the server where it is a picture or a video', async () => {
    const { host, workflow } = withoutCanvas();
    host.answer('POST workflows/read', { workflow: { nodes: [2] }, format: 'ui' });
    await workflow.openFile(new File(['bytes'], 'Portrait.v2.png'));
    expect(workflow.title.value).toBe('Portrait.v2');
    expect(host.sent('POST workflows/read')[0]!.headers['Content-Type']).toBe('application/octet-stream');
    expect(host.sent(ROUTE)[0]!.body).toMatchObject({ workflow: { nodes: [2] } });
  });

  it('says so where a picture carries no workflow', async () => {
    const { host, workflow } = withoutCanvas();
    host.refuse('POST workflows/read', problem('workflow_not_embedded'), 400);
    await workflow.openFile(new File([''], 'x.webp'));
    expect(workflow.state.problem?.code).toBe('workflow_not_embedded');
    expect(workflow.isFile()).toBe(false);
  });

  it('is named without the end of its name', async () => {
    const { workflow } = withoutCanvas();
    await workflow.openFile(file('{}', 'a.b.JSON'));
    expect(workflow.title.value).toBe('a.b');
  });
});

it('shows the first place of a file on the canvas', () => {
  const { workflow, canvas } = stage();
  workflow.reveal?.(need());
  workflow.reveal?.(need({ places: [] }));
  expect(canvas.revealed).toEqual(need().places);
  expect(withoutCanvas().workflow.reveal).toBeUndefined();
});
