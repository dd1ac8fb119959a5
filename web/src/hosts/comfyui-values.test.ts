import { describe, expect, it, vi, type Mock } from 'vitest';

import type { Edit } from '../domain/edits';
import type { Graph, GraphNode, Widget } from './comfyui-app';
import { LiveValues } from './comfyui-values';

const OLD = 'SDXL/ae.safetensors';
const NEW = 'ae.safetensors';

function change(given: Partial<Edit> = {}): Edit {
  return {
    scope: '',
    node_id: '7',
    widget: null,
    path: ['widgets_values', 0],
    old: OLD,
    new: NEW,
    ...given,
  };
}

interface Heard extends Widget {
  callback: Mock<(value: unknown) => void>;
}

function widget(name: string, value: unknown, given: Partial<Widget> = {}): Heard {
  return { name, value, ...given, callback: vi.fn() };
}

function node(widgets: Widget[], given: Partial<GraphNode> = {}): GraphNode {
  return { id: 7, type: 'VAELoader', widgets, ...given };
}

function graph(nodes: GraphNode[], subgraphs: Record<string, Graph> = {}): Graph {
  return { nodes, subgraphs: new Map(Object.entries(subgraphs)), serialize: () => ({}) };
}

describe('a value is written', () => {
  it('where it stands, and the node hears of it', () => {
    const vae = widget('vae_name', OLD);
    const changed = vi.fn();
    const root = graph([node([vae], { onWidgetChanged: changed })]);
    expect(new LiveValues(root).write(change())).toBe(true);
    expect(vae.value).toBe(NEW);
    expect(vae.callback).toHaveBeenCalledExactlyOnceWith(NEW);
    expect(changed).toHaveBeenCalledExactlyOnceWith('vae_name', NEW, OLD, vae);
  });

  it.each([
    ['by its name', { widget: 'two', path: ['widgets_values', 0] }],
    ['by its name among stored values', { path: ['widgets_values', 'two'] }],
    ['by its place', { path: ['widgets_values', 2] }],
    ['by its place among those that are stored', { path: ['widgets_values', 1] }],
    ['by nothing but its value', { path: [] }],
  ] as const)('into the widget that is found %s', (_, where) => {
    const [one, button, two] = [
      widget('one', 'other.safetensors'),
      widget('button', null, { serialize: false }),
      widget('two', OLD),
    ];
    const root = graph([node([one, button, two])]);
    expect(new LiveValues(root).write(change({ ...where, path: [...where.path] }))).toBe(true);
    expect([one.value, two.value]).toEqual(['other.safetensors', NEW]);
  });

  it('into one of two widgets of the same value: the one that is named', () => {
    const [one, two] = [widget('clip_name1', OLD), widget('clip_name2', OLD)];
    const root = graph([node([one, two])]);
    new LiveValues(root).write(change({ widget: 'clip_name2', path: ['widgets_values', 1] }));
    expect([one.value, two.value]).toEqual([OLD, NEW]);
  });

  it('inside the row of a list, whose other facts stay', () => {
    const row = widget('lora_1', { on: true, lora: OLD, strength: 0.7 });
    const root = graph([node([widget('header', null), row])]);
    new LiveValues(root).write(change({ path: ['widgets_values', 1, 'lora'] }));
    expect(row.value).toEqual({ on: true, lora: NEW, strength: 0.7 });
    expect(row.callback).toHaveBeenCalledWith(row.value);
  });

  it('deep inside a list of rows', () => {
    const before = [{ name: 'a' }, { name: OLD, active: true }];
    const rows = widget('loras', before);
    new LiveValues(graph([node([rows])])).write(change({ path: ['widgets_values', 0, 1, 'name'] }));
    expect(rows.value).toEqual([{ name: 'a' }, { name: NEW, active: true }]);
    expect(before[1]).toEqual({ name: OLD, active: true });
  });

  it('where the host shows another value for want of the file', () => {
    const vae = widget('vae_name', 'first.safetensors');
    const values = new LiveValues(graph([node([vae])]), () => OLD);
    expect(values.write(change())).toBe(true);
    expect(vae.value).toBe(NEW);
  });

  it.each([
    ['the node', change({ node_id: '8' })],
    ['the subgraph', change({ scope: 'gone' })],
    ['the value', change({ old: 'else.safetensors' })],
  ])('nowhere where %s is not there any more', (_, gone) => {
    const vae = widget('vae_name', OLD);
    expect(new LiveValues(graph([node([vae])])).write(gone)).toBe(false);
    expect(vae.value).toBe(OLD);
  });
});

describe('in a subgraph', () => {
  const inside = change({ scope: 'sub', node_id: '11' });

  it('a value is written into the node of its own ids', () => {
    const [inner, outer] = [widget('vae_name', OLD), widget('vae_name', OLD)];
    const sub = graph([node([inner], { id: '11' })]);
    expect(new LiveValues(graph([node([outer], { id: 11 })], { sub })).write(inside)).toBe(true);
    expect([inner.value, outer.value]).toEqual([NEW, OLD]);
  });

  it('an instance that shows what was written inside counts as done', () => {
    const inner = widget('vae_name', OLD);
    const instance = { name: 'vae_name', get value() { return inner.value; } } as Widget;
    const sub = graph([node([inner], { id: '11' })]);
    const values = new LiveValues(graph([node([instance], { id: 9, type: 'sub' })], { sub }));
    expect(values.write(inside)).toBe(true);
    expect(values.write(change({ node_id: '9' }))).toBe(true);
    expect(values.widgets).toEqual([inner]);
  });
});

describe('a property', () => {
  const edit = change({ path: ['properties', 'models', 0, 'name'] });
  const declaring = (name: string) => node([], { properties: { models: [{ name, url: 'u' }] } });

  it('is written too, and put back', () => {
    const one = declaring(OLD);
    const { properties } = one;
    const values = new LiveValues(graph([one]));
    expect(values.write(edit)).toBe(true);
    expect(one.properties).toEqual({ models: [{ name: NEW, url: 'u' }] });
    values.undo();
    expect(one.properties).toEqual(properties);
  });

  it('is left alone where it says something else', () => {
    const one = declaring('else.safetensors');
    const values = new LiveValues(graph([one]));
    expect(values.write(edit)).toBe(false);
    expect(new LiveValues(graph([node([])])).write(edit)).toBe(false);
  });
});

describe('undo', () => {
  it('puts back every value, and the nodes hear of it', () => {
    const vae = widget('vae_name', OLD);
    const row = widget('row', { lora: OLD });
    const values = new LiveValues(graph([node([vae, row])]));
    values.write(change());
    values.write(change({ path: ['widgets_values', 1, 'lora'] }));
    values.undo();
    expect([vae.value, row.value]).toEqual([OLD, { lora: OLD }]);
    expect(vae.callback).toHaveBeenLastCalledWith(OLD);
  });

  it('leaves alone what somebody has chosen since', () => {
    const vae = widget('vae_name', OLD);
    const values = new LiveValues(graph([node([vae])]));
    values.write(change());
    vae.value = 'chosen.safetensors';
    values.undo();
    expect(vae.value).toBe('chosen.safetensors');
  });
});
