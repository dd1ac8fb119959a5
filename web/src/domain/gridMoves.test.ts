import { describe, expect, it } from 'vitest';

import { moveOf } from './gridMoves';

const tiling = { columns: 3, page: 4, total: 50, isRightToLeft: false };

describe('moveOf', () => {
  it.each([
    ['ArrowDown', 13],
    ['ArrowUp', 7],
    ['ArrowRight', 11],
    ['ArrowLeft', 9],
    ['PageDown', 22],
    ['PageUp', 0],
    ['Home', 0],
    ['End', 49],
    ['Enter', undefined],
  ])('%s leads from 10 to %s', (key, to) => {
    expect(moveOf(key, 10, tiling)).toBe(to);
  });

  it('turns with the reading direction', () => {
    expect(moveOf('ArrowRight', 10, { ...tiling, isRightToLeft: true })).toBe(9);
  });

  it('knows no left and right in a list', () => {
    expect(moveOf('ArrowRight', 10, { ...tiling, columns: 1 })).toBeUndefined();
    expect(moveOf('ArrowDown', 49, { ...tiling, columns: 1 })).toBe(49);
  });
});
