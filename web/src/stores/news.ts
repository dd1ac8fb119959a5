import { ref } from '@vue/reactivity';

import type { News, NewsList } from '../api/healthTypes';
import type { MaintenanceApi } from '../api/maintenance';
import { createLoaded } from './loaded';
import type { Queue } from './queue';

/** Changes bring what is new; this finds what was missed. */
const LOOK_MS = 60_000;
const NONE: NewsList = { items: [], next: null, total: 0, unread: 0 };

/** What happened while nobody looked. */
export function createNews(api: MaintenanceApi, queue: Pick<Queue, 'onNews'>) {
  const list = createLoaded(() => api.news(), NONE);
  /** The newest that came while this page was open and asks for attention. */
  const latest = ref<News | null>(null);

  /** Take in what was pushed; one that was told before is told anew. */
  function take(fresh: readonly News[], unread: number): void {
    const ids = new Set(fresh.map((one) => one.id));
    const { items, total, ...rest } = list.value.value;
    const older = items.filter((one) => !ids.has(one.id));
    const count = total + fresh.length - (items.length - older.length);
    const newest = [...fresh].sort((a, b) => b.at - a.at);
    list.value.value = { ...rest, items: [...newest, ...older], total: count, unread };
    latest.value = newest.find((one) => !one.read && one.level !== 'info') ?? latest.value;
  }

  /** The next older ones. Throws ApiError. */
  async function more(): Promise<void> {
    const before = list.value.value;
    if (!before.next) return;
    const page = await api.news(before.next);
    list.value.value = { ...page, items: [...before.items, ...page.items] };
  }

  /** All of them were seen. Throws ApiError. */
  async function readAll(): Promise<void> {
    if (list.value.value.unread === 0) return;
    const { unread } = await api.markRead();
    const { items, ...rest } = list.value.value;
    list.value.value = { ...rest, unread, items: items.map((one) => ({ ...one, read: true })) };
  }

  function follow(): () => void {
    void list.load();
    const timer = setInterval(() => void list.load(), LOOK_MS);
    const stop = queue.onNews(({ notifications, unread }) => take(notifications, unread));
    return () => {
      clearInterval(timer);
      stop();
    };
  }

  return { list, latest, load: list.load, more, readAll, follow };
}
