import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { comfy, graph, node, widget } from '../testing/fakeComfy';
import { place } from '../testing/samples';
import type { ComfyApp } from './comfyui-app';
import { Canvas } from './comfyui-canvas';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('read', () => {
  it('names the workflow, as it is and as it was loaded', async () => {
    const stored = { nodes: [{ id: 1 }] };
    const { canvas } = comfy(graph([node(1, [])]), { filename: 'Portrait.json', initialState: stored });
    expect(await canvas.read()).toMatchObject({ title: 'Portrait', workflow: { nodes: [{ id: 1 }] }, stored });
  });

  it('knows no workflow before the graph is there, and an empty one by its stored state', async () => {
    expect(await comfy(undefined).canvas.read()).toBeNull();
    const { app, canvas } = comfy(graph([]));
    expect(await canvas.read()).toMatchObject({ workflow: null, stored: null });
    Object.assign(app, { isGraphReady: false });
    expect(await canvas.read()).toBeNull();
  });

  it('takes over what the host itself misses', async () => {
    const { canvas, reported } = comfy(graph([]));
    reported.push(
      { name: 'ae', url: 'https://a.example/ae', directory: 'vae', hash: 'ab', hash_type: 'SHA256' },
      { name: 'b', hash: 'cd', hash_type: 'md5' },
    );
    expect((await canvas.read())?.models).toEqual([
      { name: 'ae', url: 'https://a.example/ae', directory: 'vae', sha256: 'ab' },
      { name: 'b', url: null, directory: null, sha256: null },
    ]);
  });

  it('does without what the host reports where it cannot', async () => {
    const { app, canvas } = comfy(graph([]));
    app.refreshMissingModels.mockRejectedValue(new Error('not now'));
    expect((await canvas.read())?.models).toEqual([]);
    Object.assign(app, { refreshMissingModels: undefined });
    expect((await canvas.read())?.models).toEqual([]);
  });

  it('finds the values that no list has, whatever the ids are, in subgraphs too', async () => {
    const missing = () => [widget('vae_name', 'ae.safetensors', ['x.safetensors'])];
    const instance = node(9, missing(), { type: 'sub' });
    const root = graph([node(7, missing()), node('8', missing(), { comfyClass: 'Vae' }), instance], {
      sub: graph([node('3', missing())]),
    });
    const value = { widget: 'vae_name', value: 'ae.safetensors', active: true };
    expect((await comfy(root).canvas.read())?.values).toEqual([
      { ...value, node_id: '7', node_type: 'VAELoader', scope: '' },
      { ...value, node_id: '8', node_type: 'Vae', scope: '' },
      { ...value, node_id: '3', node_type: 'VAELoader', scope: 'sub' },
    ]);
  });

  it.each([
    [0, true],
    [2, false],
    [4, false],
  ])('says whether a node of mode %d takes part: %s', async (mode, active) => {
    const root = graph([node(1, [widget('vae_name', 'ae.safetensors', [])], { mode })]);
    expect((await comfy(root).canvas.read())?.values).toMatchObject([{ active }]);
  });

  it('leaves alone what is listed, what is no file and what is no choice', async () => {
    const root = graph([
      node(1, [
        widget('vae_name', 'ae.safetensors', ['ae.safetensors']),
        widget('sampler', 'euler_gone', ['euler']),
        { name: 'text', value: 'ae.safetensors' },
        { name: 'seed', value: 7, options: { values: [] } },
        { name: 'late', value: 'ae.safetensors', options: { values: () => ['ae.safetensors'] } },
      ]),
      { id: 2 },
    ]);
    expect((await comfy(root).canvas.read())?.values).toEqual([]);
  });
});

describe('nodes that are not installed', () => {
  const registry = () => ({ registered_node_types: { VAELoader: {}, 'a-subgraph': {} } });
  const root = graph([node(1, [], { type: 'Gone' }), node(2, [])], {
    sub: graph([node(3, [], { type: 'Gone' }), node(4, [], { type: 'a-subgraph' })]),
  });

  it('are counted, in subgraphs too', async () => {
    const { app } = comfy(root);
    const canvas = new Canvas(app as unknown as ComfyApp, registry);
    expect((await canvas.read())?.missingNodes).toEqual([{ node_type: 'Gone', count: 2 }]);
  });

  it('are not named where nobody knows what is installed', async () => {
    expect((await comfy(root).canvas.read())?.missingNodes).toEqual([]);
  });
});

describe('refresh', () => {
  const FIRST = 'vae-tiny.safetensors';
  const WANTED = 'ae.safetensors';
  const stored = (values: unknown, id: number | string = 7) => ({
    initialState: { nodes: [{ id, widgets_values: values }] },
  });

  /** A node whose file the host did not list, so that it shows the first one of the list. */
  function replaced(id: number | string = 7) {
    const vae = widget('vae_name', FIRST, [FIRST, 'z.safetensors']);
    return { vae, ...comfy(graph([node(id, [vae])]), stored([WANTED], 7)) };
  }

  it.each([7, '7'])('puts back what the host had replaced, in a node with the id %j', async (id) => {
    const { vae, canvas, arrives } = replaced(id);
    arrives(WANTED, vae);
    await canvas.refresh();
    expect(vae.value).toBe(WANTED);
    expect(vae.callback).toHaveBeenCalledExactlyOnceWith(WANTED);
  });

  it('puts nothing back that has not come', async () => {
    const { vae, canvas, arrives } = replaced();
    arrives('other.safetensors', vae);
    await canvas.refresh();
    expect(vae.value).toBe(FIRST);
    expect(vae.callback).not.toHaveBeenCalled();
  });

  it('puts it back also after others have come before it', async () => {
    const { vae, canvas, arrives } = replaced();
    arrives('a-first-one.safetensors', vae);
    await canvas.refresh();
    arrives(WANTED, vae);
    await canvas.refresh();
    expect(vae.value).toBe(WANTED);
  });

  it('leaves alone what a person has chosen in the meantime', async () => {
    const { vae, canvas, arrives } = replaced();
    await canvas.read();
    vae.value = 'z.safetensors';
    arrives(WANTED, vae);
    await canvas.refresh();
    expect(vae.value).toBe('z.safetensors');
  });

  it('leaves alone what a person chooses after it was put back', async () => {
    const { vae, canvas, arrives } = replaced();
    arrives(WANTED, vae);
    await canvas.refresh();
    vae.value = FIRST;
    await canvas.refresh();
    expect(vae.value).toBe(FIRST);
  });

  it('leaves alone what was never replaced, also where a person takes the first of the list', async () => {
    const vae = widget('vae_name', WANTED, [WANTED, FIRST].reverse());
    const { canvas } = comfy(graph([node(7, [vae])]), stored([WANTED]));
    canvas.changed();
    vi.runAllTimers();
    vae.value = FIRST;
    await canvas.refresh();
    expect(vae.value).toBe(FIRST);
  });

  it('gives each of two lists of a node its own file', async () => {
    const lists = ['x.gguf', 'y.gguf'];
    const one = widget('clip_name1', 'x.gguf', lists);
    const two = widget('clip_name2', 'x.gguf', lists);
    const root = graph([node(7, [one, two, widget('type', 'flux', ['flux'])])]);
    const { canvas, arrives } = comfy(root, stored(['t5.gguf', 'clip.gguf', 'flux']));
    arrives('clip.gguf', one, two);
    await canvas.refresh();
    expect([one.value, two.value]).toEqual(['x.gguf', 'clip.gguf']);
    arrives('t5.gguf', one, two);
    await canvas.refresh();
    expect([one.value, two.value]).toEqual(['t5.gguf', 'clip.gguf']);
  });

  it('finds the place of a file beside an empty choice', async () => {
    const one = widget('lora_1', 'None', ['None', 'x.gguf']);
    const two = widget('lora_2', 'None', ['None', 'x.gguf']);
    const { canvas, arrives } = comfy(graph([node(7, [one, two])]), stored(['None', 'style.gguf']));
    arrives('style.gguf', one, two);
    await canvas.refresh();
    expect([one.value, two.value]).toEqual(['None', 'style.gguf']);
  });

  it('reads values that are stored by name', async () => {
    const vae = widget('vae_name', FIRST, [FIRST]);
    const { canvas, arrives } = comfy(graph([node(7, [vae])]), stored({ vae_name: WANTED }));
    arrives(WANTED, vae);
    await canvas.refresh();
    expect(vae.value).toBe(WANTED);
  });

  it('reaches into subgraphs, whose nodes have ids of their own', async () => {
    const outer = widget('vae_name', FIRST, [FIRST]);
    const inner = widget('vae_name', FIRST, [FIRST]);
    const root = graph([node(7, [outer])], { sub: graph([node(7, [inner])]) });
    const { canvas, arrives } = comfy(root, {
      initialState: {
        nodes: [{ id: 7, widgets_values: [FIRST] }],
        definitions: { subgraphs: [{ id: 'sub', nodes: [{ id: 7, widgets_values: [WANTED] }] }] },
      },
    });
    arrives(WANTED, outer, inner);
    await canvas.refresh();
    expect([outer.value, inner.value]).toEqual([FIRST, WANTED]);
  });

  it('takes no workflow for the one before it', async () => {
    const { vae, app, canvas, arrives } = replaced();
    const active = app.extensionManager.workflow.activeWorkflow!;
    const { initialState } = active;
    active.initialState = { nodes: [{ id: 7, widgets_values: ['of-the-one-before.safetensors'] }] };
    canvas.changed();
    await canvas.read();
    active.initialState = initialState;
    vi.runAllTimers();
    arrives(WANTED, vae);
    await canvas.refresh();
    expect(vae.value).toBe(WANTED);
  });

  it('takes no workflow for the one before it, however long the host takes', async () => {
    const { vae, app, canvas, arrives } = replaced();
    const { workflow } = app.extensionManager;
    const active = workflow.activeWorkflow;
    workflow.activeWorkflow = {
      initialState: { nodes: [{ id: 7, widgets_values: ['of-the-one-before.safetensors'] }] },
    };
    canvas.changed();
    vi.advanceTimersByTime(2_000);
    workflow.activeWorkflow = active;
    vi.runAllTimers();
    arrives(WANTED, vae);
    await canvas.refresh();
    expect(vae.value).toBe(WANTED);
  });

  it('makes the host look again at what it misses, and paint', async () => {
    const { app, canvas } = replaced();
    const painted = vi.fn();
    app.rootGraph!.setDirtyCanvas = painted;
    await canvas.refresh();
    const [reloaded] = app.reloadNodeDefs.mock.invocationCallOrder;
    const [checked] = app.refreshMissingModels.mock.invocationCallOrder;
    expect(reloaded).toBeLessThan(checked!);
    expect(painted).toHaveBeenCalledWith(true, true);
  });

  it('does without a stored workflow', async () => {
    const vae = widget('vae_name', FIRST, [FIRST]);
    const { canvas } = comfy(graph([node(7, [vae])]), null);
    await canvas.refresh();
    expect(vae.value).toBe(FIRST);
  });
});

describe('reveal', () => {
  const seven = node(7, []);
  const three = node('3', []);
  const sub = graph([three]);
  const root = graph([seven], { sub });

  it.each([
    ['on the graph', place({}), root, seven],
    ['in a subgraph', place({ node_id: '3', scope: 'sub' }), sub, three],
  ])('shows a node %s', (_, where, inside, found) => {
    const { canvas, shown } = comfy(root);
    canvas.reveal(where);
    expect(shown.setGraph).toHaveBeenCalledWith(inside);
    expect(shown.selectNode).toHaveBeenCalledWith(found);
    expect(shown.centerOnNode).toHaveBeenCalledWith(found);
  });

  it.each([place({ node_id: '99' }), place({ node_id: null }), place({ scope: 'gone' })])(
    'does nothing for a node that is not there any more',
    (where) => {
      const { canvas, shown } = comfy(root);
      canvas.reveal(where);
      expect(shown.setGraph).not.toHaveBeenCalled();
    },
  );
});

describe('onChange', () => {
  it('calls back once, when the host has made the workflow the active one', () => {
    const { canvas } = comfy(graph([]));
    const heard = vi.fn();
    canvas.onChange(heard);
    canvas.changed();
    canvas.changed();
    expect(heard).not.toHaveBeenCalled();
    vi.advanceTimersByTime(300);
    expect(heard).toHaveBeenCalledTimes(1);
    vi.runAllTimers();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('calls back again, when the host took longer than that', () => {
    const { app, canvas } = comfy(graph([]));
    const heard = vi.fn();
    canvas.onChange(heard);
    canvas.changed();
    vi.advanceTimersByTime(5_000);
    app.extensionManager.workflow.activeWorkflow = { initialState: { nodes: [] } };
    vi.runAllTimers();
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('ends', () => {
    const { canvas } = comfy(graph([]));
    const heard = vi.fn();
    canvas.onChange(heard)();
    canvas.changed();
    vi.runAllTimers();
    expect(heard).not.toHaveBeenCalled();
  });
});
