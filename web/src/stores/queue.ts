import { computed, reactive, shallowReactive, shallowRef } from '@vue/reactivity';

import type { Client } from '../api/client';
import { problemOf } from '../api/client';
import type { Changes, Counts, Job, Live, Problem } from '../api/types';
import { FINISHED_STATES, LIVE_STATES, arranged, badgeOf, totalOf } from '../domain/jobs';

const PAGE = 500;
const MOST_LIVE = 2_000;
const SAMPLES = 60;
const NO_COUNTS: Counts = { live: {}, succeeded: 0, reused: 0, failed: 0, cancelled: 0 };

type Told = Pick<Changes, 'notifications'> & { unread: number };

/** The queue as this page knows it. Lives outside the DOM: panels come and go. */
export function createQueue(client: Client, now: () => number) {
  const jobs = shallowReactive(new Map<string, Job>());
  const live = shallowRef<Record<string, Live>>({});
  const counts = shallowRef<Counts>(NO_COUNTS);
  const speeds = shallowRef<number[]>([]);
  const state = reactive({
    loaded: false,
    /** Why nothing new is known, or null. */
    lost: null as Problem | null,
    /** When the last answer came. */
    asOf: 0,
  });
  const moved = new Map<string, { bytes: number; at: number }>();
  const listeners = new Set<(job: Job) => void>();
  const newsListeners = new Set<(news: Told) => void>();
  let cursor: number | null = null;

  /** Read everything anew. A cursor is taken first, so that nothing falls between. */
  async function load(): Promise<void> {
    try {
      const start = await client.events(null, 0);
      const [unfinished, finished] = await Promise.all([
        pages({ state: LIVE_STATES.join(','), order: 'queue' }),
        client.jobs({ state: FINISHED_STATES.join(','), limit: '200' }).then((page) => page.items),
      ]);
      const missed = finished.filter((job) => {
        const before = jobs.get(job.id)?.state;
        return job.state === 'succeeded' && before !== undefined && before !== 'succeeded';
      });
      jobs.clear();
      for (const job of [...unfinished, ...finished]) jobs.set(job.id, job);
      cursor = start.next;
      note(start);
      state.loaded = true;
      for (const job of missed) tell(job);
    } catch (error) {
      state.lost = problemOf(error);
    }
  }

  async function pages(query: Record<string, string>): Promise<Job[]> {
    const found: Job[] = [];
    let after: string | null = null;
    do {
      const page = await client.jobs({ ...query, limit: String(PAGE), ...(after && { after }) });
      found.push(...page.items);
      after = page.next;
    } while (after && found.length < MOST_LIVE);
    return found;
  }

  /** Take in what was pushed or polled. False where something before it was missed. */
  function apply(changes: Changes): boolean {
    if (cursor === null || changes.resync || changes.since > cursor) return false;
    if (changes.next >= cursor) {
      cursor = changes.next;
      for (const id of changes.gone) jobs.delete(id);
      for (const job of changes.jobs) put(job);
    }
    note(changes);
    return true;
  }

  /** Take in the answer to a wish. What was pushed meanwhile may know more than it. */
  function answered(job: Job): void {
    const known = jobs.get(job.id);
    if (!known || known.updated_at <= job.updated_at) put(job);
  }

  function put(job: Job): void {
    const before = jobs.get(job.id);
    jobs.set(job.id, job);
    if (job.state === 'succeeded' && before?.state !== 'succeeded') tell(job);
  }

  function tell(success: Job): void {
    for (const listener of listeners) listener(success);
  }

  function note(changes: Changes): void {
    const { notifications, unread } = changes;
    if (unread !== null) for (const listener of newsListeners) listener({ notifications, unread });
    live.value = changes.live;
    counts.value = changes.counts;
    state.lost = null;
    state.asOf = now();
    for (const id of moved.keys()) if (!(id in changes.live)) moved.delete(id);
    for (const [id, row] of Object.entries(changes.live)) {
      if (moved.get(id)?.bytes !== row.bytes_done) {
        moved.set(id, { bytes: row.bytes_done, at: now() });
      }
    }
  }

  /** One sample a second for the speed line. */
  function sample(): void {
    speeds.value = [...speeds.value.slice(1 - SAMPLES), total.value.speed];
  }

  /** For how long no byte has come, in ms. */
  function stalledFor(id: string): number {
    const last = moved.get(id);
    return last && id in live.value ? now() - last.at : 0;
  }

  const total = computed(() => totalOf(jobs.values(), live.value));

  return {
    jobs,
    live,
    counts,
    speeds,
    state,
    total,
    groups: computed(() => arranged(jobs.values())),
    badge: computed(() => badgeOf(jobs.values())),
    load,
    apply,
    put: answered,
    sample,
    stalledFor,
    cursor: () => cursor,
    remove: (id: string) => jobs.delete(id),
    lose: (problem: Problem) => (state.lost = problem),
    /** Calls back with what is new to tell. */
    onNews(listener: (news: Told) => void): () => void {
      newsListeners.add(listener);
      return () => newsListeners.delete(listener);
    },
    /** Calls back once for each job that succeeds from now on. */
    onSuccess(listener: (job: Job) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type Queue = ReturnType<typeof createQueue>;
