/** Which part of a long list is in sight. All lengths in px. Pure. */

export interface Tiles {
  columns: number;
  /** The width of one of them. */
  width: number;
}

/** As many columns as fit, each as wide as there is room for. */
export function tilesIn(room: number, least: number, gap: number): Tiles {
  const columns = Math.max(1, Math.floor((room + gap) / (least + gap)));
  return { columns, width: Math.max(0, (room - gap * (columns - 1)) / columns) };
}

export interface Sight {
  scrollTop: number;
  height: number;
}

export interface Window {
  /** The first line that is drawn, and the one behind the last. */
  from: number;
  to: number;
  /** Where the first one begins. */
  offset: number;
  /** Of all lines. */
  length: number;
}

/** The lines in sight, and `spare` more on either side so that scrolling shows no gap. */
export function windowOf(lines: number, pitch: number, sight: Sight, spare: number): Window {
  const first = Math.floor(sight.scrollTop / pitch) - spare;
  const last = Math.ceil((sight.scrollTop + sight.height) / pitch) + spare;
  const from = Math.min(Math.max(0, first), Math.max(0, lines - 1));
  const to = Math.max(from, Math.min(lines, last));
  return { from, to, offset: from * pitch, length: lines * pitch };
}

/** Where to scroll so that a line is in sight, moving no more than it takes. */
export function scrollFor(line: number, pitch: number, sight: Sight): number {
  const top = line * pitch;
  if (top < sight.scrollTop) return top;
  return Math.max(sight.scrollTop, top + pitch - sight.height);
}
