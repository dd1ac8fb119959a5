/** The width of a text in px, as it will be drawn. */
export type Measure = (text: string) => number;

export interface ShownName {
  stem: string;
  /** With its dot, or empty. */
  extension: string;
}

export interface FitOptions {
  /** Characters at the end of the stem that stay, because siblings differ there. */
  keep?: number;
  /** Takes the text as one piece, as for a link. */
  plain?: boolean;
}

const DROPPABLE = '.safetensors';
const EXTENSION = /\.[a-z][a-z0-9]{0,11}$/i;
const ELLIPSIS = '…';
const KEPT_AT_END = 12;
/** Fewer characters before the ellipsis tell nothing: the style sheet cuts the end instead. */
const SHORTEST_HEAD = 4;

export function splitName(name: string): ShownName {
  const at = name.search(EXTENSION);
  return at > 0
    ? { stem: name.slice(0, at), extension: name.slice(at) }
    : { stem: name, extension: '' };
}

export function withoutDroppable({ stem, extension }: ShownName): ShownName {
  return { stem, extension: extension.toLowerCase() === DROPPABLE ? '' : extension };
}

/**
 * The most of a file name that fits into `room` px: all of it; else without `.safetensors`,
 * the one extension that is no news; else with the middle of the stem cut out.
 */
export function fitName(
  name: string,
  room: number,
  measure: Measure,
  { keep = KEPT_AT_END, plain = false }: FitOptions = {},
): ShownName {
  const whole = plain ? { stem: name, extension: '' } : splitName(name);
  if (measure(name) <= room) return whole;
  const short = withoutDroppable(whole);
  const roomForStem = room - (short.extension ? measure(short.extension) : 0);
  return { ...short, stem: cutMiddle(short.stem, roomForStem, measure, keep) };
}

function cutMiddle(text: string, room: number, measure: Measure, keep: number): string {
  if (measure(text) <= room) return text;
  const tail = text.slice(-keep);
  const cut = (head: number) => text.slice(0, head) + ELLIPSIS + tail;
  let fits = SHORTEST_HEAD;
  let over = text.length - tail.length;
  if (over <= fits) return text;
  while (over - fits > 1) {
    const head = (fits + over) >> 1;
    if (measure(cut(head)) <= room) fits = head;
    else over = head;
  }
  return cut(fits);
}
