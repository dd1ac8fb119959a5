import { describe, expect, it } from 'vitest';

import { treemap, type Tile } from './treemap';

const AMOUNTS = [742, 486, 221, 214, 89, 88];

function area({ width, height }: Tile): number {
  return width * height;
}

describe('treemap', () => {
  const tiles = treemap(AMOUNTS, 288, 150);

  it('gives each amount its share of the area', () => {
    const sum = AMOUNTS.reduce((all, one) => all + one, 0);
    for (const [n, tile] of tiles.entries()) {
      expect(area(tile) / (288 * 150)).toBeCloseTo(AMOUNTS[n]! / sum, 6);
    }
  });

  it('stays within the area, and no tile covers another', () => {
    for (const [n, a] of tiles.entries()) {
      expect(a.x + a.width).toBeLessThanOrEqual(288 + 1e-6);
      expect(a.y + a.height).toBeLessThanOrEqual(150 + 1e-6);
      for (const b of tiles.slice(n + 1)) {
        const beside = a.x + a.width <= b.x + 1e-6 || b.x + b.width <= a.x + 1e-6;
        const above = a.y + a.height <= b.y + 1e-6 || b.y + b.height <= a.y + 1e-6;
        expect(beside || above).toBe(true);
      }
    }
  });

  it('makes no tile a splinter', () => {
    for (const { width, height } of tiles) {
      expect(Math.max(width / height, height / width)).toBeLessThan(3);
    }
  });

  it('has nothing to lay out where there is nothing', () => {
    expect(treemap([], 10, 10)).toEqual([]);
  });
});
