import { describe, expect, it } from 'vitest';

import { scrollFor, tilesIn, windowOf } from './windowing';

describe('tilesIn', () => {
  it.each([
    [286, 2, 139],
    [131, 1, 131],
    [0, 1, 0],
    [840, 6, 133.33],
  ])('in %d px', (room, columns, width) => {
    const tiles = tilesIn(room, 132, 8);
    expect(tiles.columns).toBe(columns);
    expect(tiles.width).toBeCloseTo(width, 2);
  });
});

describe('windowOf', () => {
  const sight = { scrollTop: 1_000, height: 400 };

  it('has what is in sight, and some more', () => {
    expect(windowOf(50_000, 50, sight, 2)).toEqual({
      from: 18,
      to: 30,
      offset: 900,
      length: 2_500_000,
    });
  });

  it('never leaves the list', () => {
    expect(windowOf(21, 50, sight, 2)).toMatchObject({ from: 18, to: 21 });
    expect(windowOf(3, 50, { scrollTop: 0, height: 400 }, 2)).toMatchObject({ from: 0, to: 3 });
    expect(windowOf(0, 50, sight, 2)).toEqual({ from: 0, to: 0, offset: 0, length: 0 });
  });

  it('shows the end of a list that has become shorter', () => {
    expect(windowOf(5, 50, sight, 2)).toMatchObject({ from: 4, to: 5 });
  });
});

describe('scrollFor', () => {
  const sight = { scrollTop: 500, height: 300 };
  it.each([
    ['one in sight', 12, 500],
    ['one above', 3, 150],
    ['one below', 20, 750],
    ['one that is cut', 15, 500],
  ])('%s', (_, line, expected) => {
    expect(scrollFor(line, 50, sight)).toBe(expected);
  });
});
