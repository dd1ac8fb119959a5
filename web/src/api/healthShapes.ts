/** Answers of the maintenance routes, until the generated types have them all. */
import type { components } from './schema';
import type { Problem } from './types';

type Schemas = components['schemas'];

export type Accepted = Schemas['Accepted'];
export type FileChange = Schemas['ChangeView'];
export type ChangeAnswer = Schemas['ChangeAnswer'];
export type Trashed = Schemas['TrashView'];
export type TrashList = Schemas['TrashList'];
export type KeepRule = Schemas['KeepRule'];
export type Freeing = Schemas['Freeing'];
export type FreeingRequest = Schemas['FreeingRequest'];
export type FreeingPlan = Schemas['FreeingPlan'];
export type Update = Schemas['UpdateView'];
export type Updates = Schemas['UpdateList'];
export type Purged = Schemas['PurgedView'];

export type TodoKind =
  | 'metadata'
  | 'previews'
  | 'hash'
  | 'duplicates'
  | 'broken'
  | 'updates'
  | 'trash'
  | 'space';

export interface Recommendation {
  code: string;
  category: string | null;
  count: number;
  bytes: number | null;
  action: { kind: TodoKind; query: string | null };
}

export interface Volume {
  path: string;
  free: number;
  total: number;
  low: boolean;
}

export interface Activity {
  job: string;
  why: string;
  path: string | null;
}

export interface Maintenance {
  scanned_at: number | null;
  recommendations: Recommendation[];
  volumes: Volume[];
  activity: Activity[];
  next_run: { schedule: string; at: number } | null;
}

export type ScheduleTask = 'scan' | 'metadata' | 'previews' | 'hash' | 'updates' | 'trash';

export interface When {
  kind: 'start' | 'interval' | 'cron' | 'idle';
  minutes?: number | null;
  cron?: string | null;
}

export interface Schedule {
  name: string;
  task: ScheduleTask;
  when: When;
  not_while_generating: boolean;
  only_when_idle: boolean;
  enabled: boolean;
  last_run: number | null;
  next_run: number | null;
}

export interface News {
  id: string;
  at: number;
  level: 'info' | 'warning' | 'error';
  code: string;
  data: Record<string, string | number>;
  job: string | null;
  read: boolean;
}

export interface NewsList {
  items: News[];
  next: string | null;
  total: number;
  unread: number;
}

export type Policy = 'manual' | 'start' | 'schedule' | 'idle';

export interface WatchedRoot {
  category: string;
  path: string;
  policy: Policy;
  online: boolean;
  files: number;
  bytes: number;
}

export interface JobItem {
  idx: number;
  key: string;
  model: string | null;
  name: string;
  state: string;
  error: Pick<Problem, 'code' | 'message' | 'hint'> | null;
}

export interface JobItems {
  items: JobItem[];
  next: string | null;
  total: number;
  counts: Record<string, number>;
}
