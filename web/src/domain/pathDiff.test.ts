import { expect, it } from 'vitest';

import { pathDiff, type Piece } from './pathDiff';

/** `a[b]c`: what is changed stands in brackets. */
const marked = (pieces: Piece[]) =>
  pieces.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');

it.each([
  ['SDXL/ae.pt', 'ae.pt', '[SDXL/]ae.pt', 'ae.pt'],
  ['detail-tweaker-xl.pt', 'detail_tweaker_xl.pt', 'detail[-]tweaker[-]xl.pt', 'detail[_]tweaker[_]xl.pt'],
  ['a\\b.pt', 'a/b.pt', 'a[\\]b.pt', 'a[/]b.pt'],
  ['styles/grain.pt', 'film/grain.pt', '[styles]/grain.pt', '[film]/grain.pt'],
  ['same.pt', 'same.pt', 'same.pt', 'same.pt'],
  ['', 'ae.pt', '', '[ae.pt]'],
])('tells what differs between %j and %j', (old, next, markedOld, markedNext) => {
  const diff = pathDiff(old, next);
  expect([marked(diff.old), marked(diff.next)]).toEqual([markedOld, markedNext]);
});

it('takes names with little in common for two names', () => {
  const diff = pathDiff('z_image_turbo.pt', 'qwen_3_4b.safetensors');
  expect([marked(diff.old), marked(diff.next)]).toEqual([
    '[z_image_turbo.pt]',
    '[qwen_3_4b.safetensors]',
  ]);
});

it('keeps every letter, whatever the names are', () => {
  const [old, next] = ['模型/ä🎨x.safetensors'.repeat(20), 'x🎨.safetensors'];
  const diff = pathDiff(old, next);
  expect(diff.old.map(({ text }) => text).join('')).toBe(old);
  expect(diff.next.map(({ text }) => text).join('')).toBe(next);
});
