/** Jobs that keep the library: what they do, and how far they are. Pure. */
import type { Job, Live } from '../api/types';
import type { IconName } from '../components/base/icons';
import { bytesOf, countsModels } from './jobs';

const ICONS: Partial<Record<string, IconName>> = {
  scan: 'search',
  hash: 'shield',
  metadata: 'tag',
  preview: 'img',
  change: 'edit',
};
/** Jobs that bring no file, but keep what is here in order. */
export function isUpkeep(job: Job): boolean {
  return job.kind in ICONS;
}

export function upkeepIcon(job: Job): IconName {
  return ICONS[job.kind] ?? 'gear';
}

export interface Reach {
  done: number;
  /** Null: it has no end that is known beforehand. */
  total: number | null;
  unit: 'models' | 'bytes';
}

export function reachOf(job: Job, live?: Live): Reach {
  const { done, total } = bytesOf(job, live);
  return { done, total: total || null, unit: countsModels(job) ? 'models' : 'bytes' };
}
