/** What differs between two paths, piece by piece. Pure. */

export interface Piece {
  text: string;
  changed: boolean;
}

/** Below this share of common letters two names are simply two names. */
const ALIKE = 0.5;
/** Fewer letters than this between two changes are alike by chance. */
const BY_CHANCE = 3;

/** The pieces of `old` and of `next`; what both have in the same order is not changed. */
export function pathDiff(old: string, next: string): { old: Piece[]; next: Piece[] } {
  const common = withoutChance(commonLetters(old, next), old.length, next.length);
  const isAlike = common.size >= ALIKE * Math.max(old.length, next.length);
  const kept = isAlike ? common : new Map<number, number>();
  return {
    old: pieces(old, new Set(kept.keys())),
    next: pieces(next, new Set(kept.values())),
  };
}

/** The longest common subsequence: places in `old` by places in `next`. */
function commonLetters(old: string, next: string): Map<number, number> {
  const width = next.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      const isSame = old[i] === next[j];
      lengths[i * width + j] = isSame ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found = new Map<number, number>();
  let [i, j] = [0, 0];
  while (i < old.length && j < next.length) {
    if (old[i] === next[j]) found.set(i++, j++);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}

function withoutChance(
  common: ReadonlyMap<number, number>,
  oldLength: number,
  nextLength: number,
): Map<number, number> {
  const runs: [number, number][][] = [];
  for (const [i, j] of common) {
    const last = runs.at(-1)?.at(-1);
    if (last && last[0] === i - 1 && last[1] === j - 1) runs.at(-1)?.push([i, j]);
    else runs.push([[i, j]]);
  }
  const isInside = (run: [number, number][]): boolean =>
    run.every(([i, j]) => i > 0 && j > 0 && i < oldLength - 1 && j < nextLength - 1);
  return new Map(runs.filter((run) => run.length >= BY_CHANCE || !isInside(run)).flat());
}

function pieces(text: string, kept: ReadonlySet<number>): Piece[] {
  const found: Piece[] = [];
  for (const [at, letter] of text.split('').entries()) {
    const changed = !kept.has(at);
    const last = found.at(-1);
    if (last?.changed === changed) last.text += letter;
    else found.push({ text: letter, changed });
  }
  return found;
}
