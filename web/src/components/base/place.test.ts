import { describe, expect, it } from 'vitest';

import { place } from './place';

const view = { width: 400, height: 600 };
const part = { width: 180, height: 200 };
const anchorAt = (left: number, top: number) => ({ left, top, width: 24, height: 24 });

describe('place', () => {
  it('puts a part below its anchor, with one edge in line', () => {
    expect(place(anchorAt(300, 100), part, view, true)).toMatchObject({ left: 144, top: 128 });
    expect(place(anchorAt(100, 100), part, view, false)).toMatchObject({ left: 100, top: 128 });
  });

  it('puts it above where there is more room', () => {
    expect(place(anchorAt(300, 500), part, view, true)).toMatchObject({ top: 296 });
  });

  it('keeps it in the window', () => {
    expect(place(anchorAt(390, 100), part, view, false).left).toBe(212);
    expect(place(anchorAt(10, 100), part, view, true).left).toBe(8);
  });

  it('makes it as low as the room there is', () => {
    const { top, maxHeight } = place(anchorAt(300, 200), { width: 180, height: 900 }, view, true);
    expect(top).toBe(228);
    expect(top + maxHeight).toBe(592);
  });
});
