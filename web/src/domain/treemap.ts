/** A rectangle in the units of the area that was divided. */
export interface Tile {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Divides an area among amounts, the largest first, in tiles that are nearly square.
 * Amounts are in falling order; nothing of 0 or less.
 */
export function treemap(amounts: readonly number[], width: number, height: number): Tile[] {
  const sum = amounts.reduce((all, amount) => all + amount, 0);
  const areas = amounts.map((amount) => (amount / sum) * width * height);
  const tiles: Tile[] = [];
  let free: Tile = { x: 0, y: 0, width, height };
  for (let at = 0; at < areas.length; ) {
    const strip = nextStrip(areas.slice(at), Math.min(free.width, free.height));
    tiles.push(...laid(strip, free));
    free = rest(free, strip);
    at += strip.length;
  }
  return tiles;
}

/** As many areas as make the strip's tiles more square, along a side of this length. */
function nextStrip(areas: readonly number[], side: number): number[] {
  let strip = areas.slice(0, 1);
  for (let count = 2; count <= areas.length; count += 1) {
    const longer = areas.slice(0, count);
    if (longestRatio(longer, side) > longestRatio(strip, side)) break;
    strip = longer;
  }
  return strip;
}

function longestRatio(strip: readonly number[], side: number): number {
  const depth = sumOf(strip) / side;
  return Math.max(...strip.map((area) => Math.max(depth ** 2 / area, area / depth ** 2)));
}

/** The tiles of a strip at the start of the longer direction. */
function laid(strip: readonly number[], free: Tile): Tile[] {
  const isWide = free.width >= free.height;
  const depth = sumOf(strip) / (isWide ? free.height : free.width);
  let offset = 0;
  return strip.map((area) => {
    const length = area / depth;
    const tile = isWide
      ? { x: free.x, y: free.y + offset, width: depth, height: length }
      : { x: free.x + offset, y: free.y, width: length, height: depth };
    offset += length;
    return tile;
  });
}

function rest(free: Tile, strip: readonly number[]): Tile {
  const isWide = free.width >= free.height;
  const depth = sumOf(strip) / (isWide ? free.height : free.width);
  return isWide
    ? { ...free, x: free.x + depth, width: Math.max(0, free.width - depth) }
    : { ...free, y: free.y + depth, height: Math.max(0, free.height - depth) };
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}
