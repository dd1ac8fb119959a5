import { describe, expect, it } from 'vitest';

import { Client } from '../api/client';
import { FakeCanvas, FakeHost, openWorkflow } from '../testing/FakeHost';
import { NOON, analysis, candidate, change, need, relinkable } from '../testing/samples';
import { createQueue } from './queue';
import { createWorkflow } from './workflow';

const ROUTE = 'POST workflows/analyze';

function stage(canvas?: FakeCanvas) {
  const host = new FakeHost(canvas ? { canvas } : {});
  const client = new Client(host.send, host.tokens);
  const workflow = createWorkflow(client, createQueue(client, () => NOON), host);
  return { host, workflow };
}

function file(text: string, name = 'Portrait.json'): File {
  return { name, text: () => Promise.resolve(text) } as File;
}

describe('relinking on the canvas', () => {
  const RELINK = 'POST workflows/relink';
  const nodes = (value: string) => ({ nodes: [{ id: 7, widgets_values: [value] }] });
  const patched = { workflow: nodes('ae.safetensors'), changes: [] };

  function open() {
    const canvas = new FakeCanvas(openWorkflow({ workflow: nodes('SDXL/ae.safetensors') }));
    const { host, workflow } = stage(canvas);
    host.answer(ROUTE, analysis([relinkable(), need({ name: 'b' })]));
    host.answer(RELINK, patched);
    return { host, workflow, canvas };
  }

  it('writes into the nodes what the server says, then looks again', async () => {
    const { host, workflow, canvas } = open();
    await workflow.look();
    const looked = host.sent(ROUTE).length;
    expect(await workflow.relink()).toMatchObject({ missed: 0 });
    const { scope, node_id, widget, path, old, new: next, kind } = change();
    expect(host.sent(RELINK)[0]!.body).toEqual({
      workflow: nodes('SDXL/ae.safetensors'),
      changes: [{ scope, node_id, widget, path, old, new: next, kind }],
    });
    expect(canvas.applied).toEqual([
      {
        scope: '',
        node_id: '7',
        widget: null,
        path: ['widgets_values', 0],
        old: 'SDXL/ae.safetensors',
        new: 'ae.safetensors',
      },
    ]);
    expect(host.sent(ROUTE).length).toBeGreaterThan(looked);
  });

  it('is taken back by its undo', async () => {
    const { host, workflow, canvas } = open();
    await workflow.look();
    const applied = await workflow.relink();
    const looked = host.sent(ROUTE).length;
    await applied.undo();
    expect(canvas.applied).toEqual([]);
    expect(host.sent(ROUTE).length).toBeGreaterThan(looked);
  });

  it('does itself what only the host knows of', async () => {
    const { host, workflow, canvas } = open();
    const own = change({ path: [] });
    await workflow.relinkTo(candidate({ changes: [own] }));
    expect(host.sent(RELINK)).toEqual([]);
    expect(canvas.applied).toEqual([own]);
  });

  it('tells of what has changed in the meantime', async () => {
    const { workflow, canvas } = open();
    await workflow.look();
    canvas.missing = 1;
    expect(await workflow.relink()).toMatchObject({ missed: 1 });
    canvas.workflow = null;
    expect(await workflow.relinkTo(candidate({ changes: [change()] }))).toMatchObject({ missed: 1 });
  });

  it('is never part of what is fetched', async () => {
    const { workflow } = open();
    await workflow.look();
    expect(workflow.ticked.value.map(({ name }) => name)).toEqual(['b']);
  });
});

describe('relinking a file that was opened', () => {
  const patched = { nodes: [{ id: 7, widgets_values: ['ae.safetensors'] }] };

  async function open() {
    const all = stage();
    all.host.answer(ROUTE, analysis([relinkable()]));
    all.host.answer('POST workflows/relink', { workflow: patched, changes: [change()] });
    await all.workflow.openFile(file('{"nodes": [1]}'));
    return all;
  }
  const looked = (host: FakeHost) => (host.sent(ROUTE).at(-1)!.body as { workflow: unknown }).workflow;

  it('changes a copy, which is offered under a name of its own', async () => {
    const { host, workflow } = await open();
    expect(workflow.file.unsaved.value).toBe(false);
    await workflow.relink();
    expect(looked(host)).toEqual(patched);
    expect(workflow.file.unsaved.value).toBe(true);
    expect([...host.saved]).toEqual([]);
    workflow.file.save();
    expect([...host.saved.keys()]).toEqual(['Portrait.relinked.json']);
    expect(JSON.parse([...host.saved.values()][0]!)).toEqual(patched);
    expect(workflow.file.unsaved.value).toBe(false);
  });

  it('is taken back by its undo', async () => {
    const { host, workflow } = await open();
    const applied = await workflow.relink();
    await applied.undo();
    expect(looked(host)).toEqual({ nodes: [1] });
    expect(workflow.file.unsaved.value).toBe(false);
  });

  it('is forgotten with the file', async () => {
    const { workflow } = await open();
    await workflow.relink();
    await workflow.openFile(file('{}', 'Other.json'));
    expect(workflow.file.unsaved.value).toBe(false);
  });
});
