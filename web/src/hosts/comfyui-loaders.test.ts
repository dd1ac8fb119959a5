import { describe, expect, it, vi } from 'vitest';

import { comfy, graph, node, widget } from '../testing/fakeComfy';
import type { GraphNode, NodeRegistry } from './comfyui-app';
import { Canvas } from './comfyui-canvas';
import { holderOf, loaderFor } from './comfyui-loaders';

const LORA = { category: 'loras', path: 'style/a.safetensors' };

/** A page that knows these nodes; each lists what stands behind its name. */
function registry(types: Record<string, { input: string; list: string[]; v2?: boolean; more?: number }>): NodeRegistry {
  const registered = Object.entries(types).map(([name, { input, list, v2, more = 0 }]) => {
    const rest = Object.fromEntries(Array.from({ length: more }, (_, n) => [`more${n}`, ['MODEL']]));
    const required = { [input]: v2 ? ['COMBO', { options: list }] : [list, {}], ...rest };
    return [name, { nodeData: { name, input: { required } } }];
  });
  return {
    registered_node_types: Object.fromEntries(registered) as NodeRegistry['registered_node_types'],
    createNode(type) {
      const known = types[type];
      return known ? node(1, [widget(known.input, known.list[0] ?? '', known.list)], { type }) : null;
    },
  };
}

describe('the node for a model', () => {
  it('is the usual one of its folder', () => {
    const nodes = registry({
      OtherLoader: { input: 'name', list: ['style/a.safetensors'] },
      LoraLoader: { input: 'lora_name', list: ['b.safetensors', 'style/a.safetensors'], more: 4 },
    });
    const made = loaderFor(LORA, nodes);
    expect(made?.type).toBe('LoraLoader');
    expect(made?.widgets?.[0]?.value).toBe('style/a.safetensors');
  });

  it('is any that lists it, the plainest first, in either way of writing lists', () => {
    const nodes = registry({
      Stack: { input: 'lora_1', list: ['style/a.safetensors'], more: 3 },
      Plain: { input: 'lora', list: ['style/a.safetensors'], v2: true },
      Unrelated: { input: 'vae', list: ['x.safetensors'] },
    });
    expect(loaderFor(LORA, nodes)?.type).toBe('Plain');
  });

  it('names it with the slashes of its own list', () => {
    const nodes = registry({ LoraLoader: { input: 'lora_name', list: ['x', 'style\\a.safetensors'] } });
    expect(loaderFor(LORA, nodes)?.widgets?.[0]?.value).toBe('style\\a.safetensors');
  });

  it('is none where nothing lists it', () => {
    expect(loaderFor(LORA, registry({ LoraLoader: { input: 'lora_name', list: ['b'] } }))).toBeUndefined();
  });
});

describe('the canvas', () => {
  function page(list: string[]) {
    const holder = widget('lora_name', 'b.safetensors', ['b.safetensors', 'style/a.safetensors']);
    const there = node(7, [holder], { type: 'LoraLoader' });
    const added: GraphNode[] = [];
    const root = { ...graph([there]), add: (made: GraphNode) => void added.push(made), getNodeOnPos: vi.fn() };
    const { app } = comfy(root);
    const nodes = registry({ LoraLoader: { input: 'lora_name', list } });
    const canvasEl = new EventTarget() as HTMLElement;
    Object.assign(canvasEl, { getBoundingClientRect: () => ({ left: 0, top: 0, width: 800, height: 600 }) });
    Object.assign(app, { canvasEl, clientPosToCanvasPos: ([x, y]: [number, number]) => [x * 2, y * 2] });
    return { app, root, added, there, holder, nodes, canvasEl, canvas: new Canvas(app as never, () => nodes) };
  }

  function drop(element: EventTarget, x: number, y: number): Event {
    const event = Object.assign(new Event('drop', { cancelable: true }), { clientX: x, clientY: y });
    element.dispatchEvent(event);
    return event;
  }

  it('gets a node in its middle', async () => {
    const { canvas, added } = page(['style/a.safetensors']);
    expect(await canvas.addModel(LORA)).toBe(true);
    expect(added.map(({ type, pos }) => [type, pos])).toEqual([['LoraLoader', [800, 400]]]);
  });

  it('reads the lists again for a file that they do not have yet', async () => {
    const { canvas, app, added } = page([]);
    expect(await canvas.addModel(LORA)).toBe(false);
    expect(app.reloadNodeDefs).toHaveBeenCalledOnce();
    expect(added).toEqual([]);
  });

  it('gets what is let go above it where it is let go, and only while it is dragged', async () => {
    const { canvas, added, canvasEl } = page(['style/a.safetensors']);
    const done = vi.fn();
    const end = canvas.takeDrop(LORA, done);
    expect(drop(canvasEl, 10, 20).defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(done).toHaveBeenCalledWith(true));
    expect(added[0]?.pos).toEqual([20, 40]);
    end();
    expect(drop(canvasEl, 10, 20).defaultPrevented).toBe(false);
  });

  it('gives a loader what is let go above it', async () => {
    const { canvas, added, root, there, holder, canvasEl } = page(['style/a.safetensors']);
    root.getNodeOnPos.mockReturnValue(there);
    const done = vi.fn();
    canvas.takeDrop(LORA, done);
    drop(canvasEl, 1, 1);
    await vi.waitFor(() => expect(done).toHaveBeenCalled());
    expect(holder.value).toBe('style/a.safetensors');
    expect(holder.callback).toHaveBeenCalledWith('style/a.safetensors');
    expect(added).toEqual([]);
  });
});

it('a node without a fitting list holds nothing', () => {
  expect(holderOf(node(1, [widget('steps', '20', ['20'])]), LORA)).toBeUndefined();
});
