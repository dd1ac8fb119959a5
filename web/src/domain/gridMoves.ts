/** Where the arrow keys lead among tiles. Pure. */

export interface Tiling {
  columns: number;
  /** Lines in sight at once. */
  page: number;
  total: number;
  isRightToLeft: boolean;
}

/** The tile that a key leads to, never beyond the ends; undefined where the key leads nowhere. */
export function moveOf(key: string, at: number, tiling: Tiling): number | undefined {
  const { columns, page, total, isRightToLeft } = tiling;
  const forward = isRightToLeft ? -1 : 1;
  const beside: Record<string, number> =
    columns > 1 ? { ArrowRight: at + forward, ArrowLeft: at - forward } : {};
  const to = {
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    PageDown: at + columns * page,
    PageUp: at - columns * page,
    Home: 0,
    End: total - 1,
    ...beside,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(total - 1, to));
}
