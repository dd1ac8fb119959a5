/** What is to do for the library, in which order, and what it costs. Pure. */
import type { Recommendation, TodoKind } from '../api/healthTypes';
import type { IconName } from '../components/base/icons';
import type { Tone } from './look';

export interface TodoLook {
  icon: IconName;
  tone: Tone;
}

export const TODO_LOOKS: Record<TodoKind, TodoLook> = {
  broken: { icon: 'fail', tone: 'bad' },
  space: { icon: 'disk', tone: 'warn' },
  duplicates: { icon: 'dup', tone: 'warn' },
  previews: { icon: 'img', tone: 'f2' },
  metadata: { icon: 'tag', tone: 'f2' },
  updates: { icon: 'up', tone: 'f2' },
  hash: { icon: 'shield', tone: 'f2' },
  trash: { icon: 'trash', tone: 'f2' },
};

/** The kinds that a person looks at first; the others are done by the one click. */
export const REVIEWED: ReadonlySet<TodoKind> = new Set([
  'broken',
  'duplicates',
  'updates',
  'trash',
  'space',
]);

const ORDER = Object.keys(TODO_LOOKS) as TodoKind[];

/** What hurts most comes first. */
export function inOrder(found: readonly Recommendation[]): Recommendation[] {
  const rank = (one: Recommendation): number => ORDER.indexOf(one.action.kind);
  return [...found].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}

/** One row for what is done in one go: the same in several categories is done in all of them. */
export function together(found: readonly Recommendation[]): Recommendation[] {
  const rows = new Map<string, Recommendation>();
  for (const one of found) {
    const key = `${one.code} ${one.path ?? ''}`;
    const before = rows.get(key);
    rows.set(key, before ? sumOf(before, one) : one);
  }
  return [...rows.values()];
}

function sumOf(a: Recommendation, b: Recommendation): Recommendation {
  const fields = [...Object.keys(a.missing), ...Object.keys(b.missing)];
  const missing = fields.map((field) => [field, (a.missing[field] ?? 0) + (b.missing[field] ?? 0)]);
  return {
    ...a,
    category: null,
    count: a.count + b.count,
    bytes: a.bytes === null && b.bytes === null ? null : (a.bytes ?? 0) + (b.bytes ?? 0),
    missing: Object.fromEntries(missing) as Record<string, number>,
  };
}

/** The most that a kind may cost, in points of 100. */
const MOST: Record<TodoKind, number> = {
  broken: 30,
  space: 10,
  duplicates: 15,
  previews: 10,
  metadata: 15,
  updates: 5,
  hash: 10,
  trash: 5,
};
/** Each of these costs that many points; of the other kinds the share of all files counts. */
const EACH: Partial<Record<TodoKind, number>> = { broken: 3, space: 5, duplicates: 1, updates: 0.5 };

export interface Score {
  points: number;
  /** What costs most; null where nothing does. */
  dearest: { kind: TodoKind; points: number } | null;
}

/** 100 less what each open item costs; one that is there costs a point at least. Of equals the one that hurts most is named. */
export function scoreOf(found: readonly Recommendation[], files: number): Score {
  const counts = new Map<TodoKind, number>();
  for (const { action, count } of inOrder(found)) {
    counts.set(action.kind, (counts.get(action.kind) ?? 0) + count);
  }
  let dearest: Score['dearest'] = null;
  let points = 100;
  for (const [kind, count] of counts) {
    const cost = costOf(kind, count, files);
    points -= cost;
    if (cost > (dearest?.points ?? 0)) dearest = { kind, points: cost };
  }
  return { points: Math.max(0, points), dearest };
}

function costOf(kind: TodoKind, count: number, files: number): number {
  if (count === 0) return 0;
  const each = EACH[kind];
  const raw = each === undefined ? MOST[kind] * Math.min(1, count / Math.max(1, files)) : each * count;
  return Math.max(1, Math.min(MOST[kind], Math.round(raw)));
}
