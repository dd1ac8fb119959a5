/** What jobs mean to people. Pure; the transitions are Python's own table. */
import { TRANSITIONS } from '../api/transitions';
import type { Action, Job, Live } from '../api/types';

export const LIVE_STATES = ['pending', 'paused', 'running', 'verifying', 'review'] as const;
export const FINISHED_STATES = ['succeeded', 'failed', 'cancelled'] as const;

export function isLive(job: Job): boolean {
  return (LIVE_STATES as readonly string[]).includes(job.state);
}

/** Waits that time does not end, and disks that a person has to empty. */
const WAITS_FOR_PERSON = new Set(['approval', 'host_key', 'disk', 'credentials']);

export function needsPerson(job: Job): boolean {
  if (job.kind === 'batch') return false;
  if (job.state === 'review' || job.state === 'failed') return true;
  return job.state === 'pending' && WAITS_FOR_PERSON.has(job.wait_reason ?? '');
}

/** Whether an action means anything to the job now. */
export function allows(job: Job, action: Action): boolean {
  if (!(action in TRANSITIONS[job.state])) return false;
  if (job.control) return action === 'cancel' && job.control !== 'cancel';
  if (job.state !== 'pending') return true;
  if (action === 'approve' || action === 'reject') return job.wait_reason === 'approval';
  if (action === 'retry') return job.run_after > 0 && job.wait_reason !== 'approval';
  return true;
}

/** Whose progress counts models. */
const COUNTS_MODELS: ReadonlySet<string> = new Set(['metadata', 'preview']);

export function countsModels(job: Pick<Job, 'kind'>): boolean {
  return COUNTS_MODELS.has(job.kind);
}

/** The bytes that are here, or the models that are done: live figures where the job runs, else what the store has. */
export function bytesOf(job: Job, live?: Live): { done: number; total: number | null } {
  if (live && (job.state === 'running' || job.state === 'verifying')) {
    return { done: live.bytes_done, total: live.bytes_total ?? job.bytes_total };
  }
  const done = job.state === 'succeeded' ? (job.bytes_total ?? job.bytes_done) : job.bytes_done;
  return { done, total: job.bytes_total };
}

export function fractionOf(job: Job, live?: Live): number {
  const { done, total } = bytesOf(job, live);
  return total ? Math.min(1, done / total) : 0;
}

/** The next one to be fetched first: higher priority, then place, then age. */
function byTurn(a: Job, b: Job): number {
  return b.priority - a.priority || a.rank - b.rank || a.seq - b.seq;
}

export interface BatchGroup {
  batch: Job;
  /** Members that are on their way. */
  live: Job[];
  ready: Job[];
}

export interface Day {
  /** Midnight, local time, in ms. */
  day: number;
  jobs: Job[];
  bytes: number;
}

export interface Arrangement {
  attention: Job[];
  batches: BatchGroup[];
  single: Job[];
  days: Day[];
}

/** The rows of the queue in their groups; what needs a person stands in the first one only. */
export function arranged(jobs: Iterable<Job>): Arrangement {
  const all = [...jobs];
  const files = all.filter((job) => job.kind !== 'batch').sort(byTurn);
  const attention = files.filter(needsPerson);
  const batches = all
    .filter((job) => job.kind === 'batch' && isLive(job))
    .sort(byTurn)
    .map((batch) => {
      const members = files.filter((job) => job.parent_id === batch.id && !needsPerson(job));
      return {
        batch,
        live: members.filter(isLive),
        ready: members.filter((job) => job.state === 'succeeded'),
      };
    });
  const inBatch = new Set(batches.flatMap((group) => [...group.live, ...group.ready]));
  const rest = files.filter((job) => !inBatch.has(job) && !needsPerson(job));
  const single = rest.filter(isLive);
  return { attention, batches, single, days: days(rest.filter((job) => !isLive(job))) };
}

function days(finished: Job[]): Day[] {
  const byDay = new Map<number, Day>();
  for (const job of [...finished].sort((a, b) => (b.finished_at ?? 0) - (a.finished_at ?? 0))) {
    const day = new Date(job.finished_at ?? job.updated_at).setHours(0, 0, 0, 0);
    const group = byDay.get(day) ?? { day, jobs: [], bytes: 0 };
    group.jobs.push(job);
    if (job.state === 'succeeded' && !job.reused) group.bytes += job.bytes_total ?? 0;
    byDay.set(day, group);
  }
  return [...byDay.values()];
}

/** All unfinished work: bytes, speed and what is left. */
export interface Total {
  done: number;
  total: number;
  speed: number;
  secondsLeft: number | null;
  running: number;
}

export function totalOf(jobs: Iterable<Job>, live: Record<string, Live>): Total {
  const total: Total = { done: 0, total: 0, speed: 0, secondsLeft: null, running: 0 };
  for (const job of jobs) {
    if (job.kind === 'batch' || !isLive(job) || job.state === 'review') continue;
    const bytes = countsModels(job) ? { done: 0, total: 0 } : bytesOf(job, live[job.id]);
    total.done += bytes.done;
    total.total += bytes.total ?? bytes.done;
    if (job.state !== 'running' && job.state !== 'verifying') continue;
    total.running += 1;
    if (job.state === 'running' && !countsModels(job)) total.speed += live[job.id]?.bytes_per_second ?? 0;
  }
  if (total.speed > 0) total.secondsLeft = (total.total - total.done) / total.speed;
  return total;
}

/** The mark on the sidebar's icon: what needs a person wins over what is at work. */
export function badgeOf(jobs: Iterable<Job>): string | null {
  let working = 0;
  for (const job of jobs) {
    if (needsPerson(job)) return '!';
    if (job.kind !== 'batch' && isLive(job) && job.state !== 'paused') working += 1;
  }
  if (working === 0) return null;
  return working > 99 ? '99+' : String(working);
}
