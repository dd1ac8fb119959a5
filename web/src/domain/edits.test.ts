import { expect, it } from 'vitest';

import { editsBetween } from './edits';

const node = (id: number, widgets_values: unknown, more: object = {}) => ({
  id,
  type: 'X',
  widgets_values,
  ...more,
});

it('finds every text that differs, wherever a node has it', () => {
  const before = {
    nodes: [
      node(1, ['a.pt', 'same', 7], { properties: { models: [{ name: 'a.pt', url: 'u' }] } }),
      node(2, { lora: { name: 'b.pt', on: true } }, { title: 'B' }),
      node(3, null),
    ],
    definitions: { subgraphs: [{ id: 'sub', nodes: [node(1, ['c.pt', null])] }] },
  };
  const after = structuredClone(before);
  after.nodes[0] = node(1, ['x.pt', 'same', 7], { properties: { models: [{ name: 'x.pt', url: 'u' }] } });
  after.nodes[1] = node(2, { lora: { name: 'y.pt', on: true } }, { title: 'Other' });
  after.definitions.subgraphs[0]!.nodes[0] = node(1, ['z.pt', null]);
  const edit = { scope: '', node_id: '1', widget: null, old: 'a.pt', new: 'x.pt' };
  expect(editsBetween(before, after)).toEqual([
    { ...edit, path: ['widgets_values', 0] },
    { ...edit, path: ['properties', 'models', 0, 'name'] },
    { ...edit, node_id: '2', path: ['widgets_values', 'lora', 'name'], old: 'b.pt', new: 'y.pt' },
    { ...edit, scope: 'sub', path: ['widgets_values', 0], old: 'c.pt', new: 'z.pt' },
  ]);
  expect(editsBetween(before, before)).toEqual([]);
});

it('says nothing of nodes that only one of them has', () => {
  expect(editsBetween({ nodes: [node(1, ['a'])] }, {})).toEqual([]);
  expect(editsBetween({}, { nodes: [node(1, ['a'])] })).toEqual([]);
});
