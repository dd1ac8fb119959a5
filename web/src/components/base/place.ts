export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** In px of the window. */
export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Placement {
  left: number;
  top: number;
  maxHeight: number;
}

const MARGIN = 8;
const GAP = 4;

/**
 * Where a floating part goes: below its anchor, above it when there is more room there,
 * with one edge in line, and never out of the window. All in px of the window.
 */
export function place(anchor: Box, part: Size, view: Size, alignRight: boolean): Placement {
  const below = view.height - MARGIN - (anchor.top + anchor.height + GAP);
  const above = anchor.top - GAP - MARGIN;
  const goesUp = part.height > below && above > below;
  const maxHeight = Math.max(0, goesUp ? above : below);
  const height = Math.min(part.height, maxHeight);
  const left = alignRight ? anchor.left + anchor.width - part.width : anchor.left;
  return {
    left: Math.max(MARGIN, Math.min(left, view.width - MARGIN - part.width)),
    top: goesUp ? anchor.top - GAP - height : anchor.top + anchor.height + GAP,
    maxHeight,
  };
}
