import { computed, reactive, ref, watch } from '@vue/reactivity';

import type { Client } from '../api/client';
import type { Duplicates, Maintenance, Recommendation, Space } from '../api/healthTypes';
import { MaintenanceApi } from '../api/maintenance';
import type { Job } from '../api/types';
import { inOrder, scoreOf, together } from '../domain/health';
import { isLive } from '../domain/jobs';
import { isUpkeep } from '../domain/upkeep';
import { createLoaded } from './loaded';
import { createNews } from './news';
import type { Queue } from './queue';

export type HealthPage =
  | 'overview'
  | 'duplicates'
  | 'broken'
  | 'updates'
  | 'trash'
  | 'changes'
  | 'space'
  | 'schedules'
  | 'folders'
  | 'job'
  | 'news';

/** What a person would see at once again after a job has ended. */
const SETTLE_MS = 400;

const NOTHING: Maintenance = {
  scanned_at: null,
  models: 0,
  bytes: 0,
  recommendations: [],
  volumes: [],
  activity: [],
  next_run: null,
};
const NO_SPACE: Space = {
  files: 0,
  bytes: 0,
  by_category: [],
  by_base_model: [],
  by_root: [],
  by_last_use: [],
};
const NO_DUPLICATES: Duplicates = {
  items: [],
  next: null,
  total: 0,
  bytes_freed: 0,
  same_weights: [],
  more_same_weights: false,
};
const NO_MODELS = { items: [], next: null, total: 0, facets: null, scanned_at: null, scanning: false };

/** How the library is, and what is done for it. */
export function createHealth(client: Client, queue: Queue) {
  const api = new MaintenanceApi(client);
  const report = createLoaded(() => api.report(), NOTHING);
  const space = createLoaded(() => api.space(), NO_SPACE);
  const duplicates = createLoaded(() => api.duplicates(), NO_DUPLICATES);
  const broken = createLoaded(() => api.broken(), NO_MODELS);
  const updates = createLoaded(() => api.updates(), { items: [], next: null, total: 0, checked_at: null });
  const trash = createLoaded(() => api.trash(), { items: [], next: null, total: 0, bytes: 0 });
  const changes = createLoaded(() => api.changes(), []);
  const schedules = createLoaded(() => api.schedules(), []);
  const roots = createLoaded(() => api.roots(), []);
  const news = createNews(api, queue);
  const page = ref<HealthPage>('overview');
  /** The job whose items are shown. */
  const openJob = ref<string | null>(null);
  /** The job that works on a recommendation. */
  const asked = reactive(new Map<string, string>());

  const underWay = computed(() => [...queue.jobs.values()].filter((job) => isLive(job) && isUpkeep(job)));
  const todo = computed(() => inOrder(together(report.value.value.recommendations)));

  /** The live job that was asked for a recommendation. */
  function jobFor(one: Recommendation): Job | undefined {
    const job = queue.jobs.get(asked.get(keyOf(one)) ?? '');
    return job && isLive(job) ? job : undefined;
  }

  /** Do what is recommended. Throws ApiError. */
  async function apply(one: Recommendation): Promise<void> {
    const { job } = await api.apply(one);
    asked.set(keyOf(one), job.id);
    queue.put(job);
  }

  /** Look at all folders again. Throws ApiError. */
  async function scan(): Promise<void> {
    queue.put((await api.scan()).job);
  }

  /** What the first page shows. */
  async function look(): Promise<void> {
    const all = [report, space, duplicates, trash, changes, schedules].map((part) => part.load());
    await Promise.all(all);
  }

  let settling: ReturnType<typeof setTimeout> | undefined;
  /** What ends may have changed everything; where nobody has looked yet nothing is asked. */
  function follow(): () => void {
    const stop = watch(
      () => underWay.value.map((job) => job.id),
      (ids: string[], before: string[]) => {
        if (!before.some((id) => !ids.includes(id))) return;
        clearTimeout(settling);
        if (report.state.loaded) settling = setTimeout(() => void look(), SETTLE_MS);
      },
    );
    const stopNews = news.follow();
    return () => {
      stop();
      stopNews();
      clearTimeout(settling);
    };
  }

  function open(next: HealthPage, job: string | null = null): void {
    page.value = next;
    openJob.value = job;
  }

  return {
    api,
    report,
    space,
    duplicates,
    broken,
    updates,
    trash,
    changes,
    schedules,
    roots,
    news,
    page,
    openJob,
    todo,
    underWay,
    /** Those that no recommendation shows. */
    others: computed(() => {
      const shown = new Set(todo.value.map((one) => jobFor(one)?.id));
      return underWay.value.filter((job) => !shown.has(job.id));
    }),
    score: computed(() => scoreOf(report.value.value.recommendations, report.value.value.models)),
    /** Why a job reads the drive, as the server says it. */
    whyOf: (job: Job) => report.value.value.activity.find((one) => one.job === job.id) ?? null,
    jobFor,
    apply,
    scan,
    look,
    follow,
    open,
  };
}

export type Health = ReturnType<typeof createHealth>;

function keyOf({ code, path }: Recommendation): string {
  return `${code} ${path ?? ''}`;
}
