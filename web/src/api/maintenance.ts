import type { Client } from './client';
import type {
  Accepted,
  BrokenList,
  ChangeAnswer,
  Duplicates,
  FileChange,
  FreeingPlan,
  FreeingRequest,
  JobItems,
  Maintenance,
  ModelList,
  NewsList,
  Policy,
  Purged,
  Recommendation,
  Schedule,
  Space,
  TrashList,
  Updates,
  WatchedRoot,
} from './healthTypes';
import type { BatchAccepted } from './types';

/** What keeps the library in order. Every method throws ApiError. */
export class MaintenanceApi {
  constructor(private readonly client: Pick<Client, 'ask'>) {}

  report(): Promise<Maintenance> {
    return this.client.ask('GET', 'maintenance');
  }

  scan(): Promise<Accepted> {
    return this.client.ask('POST', 'maintenance/scan', {});
  }

  apply({ code, category }: Pick<Recommendation, 'code' | 'category'>): Promise<Accepted> {
    return this.client.ask('POST', 'maintenance/apply', { code, category });
  }

  space(): Promise<Space> {
    return this.client.ask('GET', 'library/space');
  }

  models(query: Record<string, string>): Promise<ModelList> {
    return this.client.ask('GET', `library?${new URLSearchParams(query)}`);
  }

  broken(): Promise<BrokenList> {
    return this.client.ask('GET', 'library/broken?limit=200');
  }

  getAgain(id: string): Promise<Accepted> {
    return this.client.ask('POST', `library/${id}/get-again`, {});
  }

  hash(ids?: string[]): Promise<Accepted> {
    return this.client.ask('POST', 'library/hash', { ids });
  }

  refreshMetadata(ids: string[]): Promise<Accepted> {
    return this.client.ask('POST', 'metadata/refresh', { ids, fresh: true });
  }

  repairPreviews(ids: string[]): Promise<Accepted> {
    return this.client.ask('POST', 'previews/repair', { ids });
  }

  items(job: string, query: Record<string, string> = {}): Promise<JobItems> {
    return this.client.ask('GET', `jobs/${job}/items?${new URLSearchParams(query)}`);
  }

  duplicates(): Promise<Duplicates> {
    return this.client.ask('GET', 'library/duplicates');
  }

  /** What would happen; nothing is changed. */
  planDuplicates(order: FreeingRequest): Promise<FreeingPlan> {
    return this.client.ask('POST', 'library/duplicates/plan', order);
  }

  freeDuplicates(order: FreeingRequest): Promise<ChangeAnswer> {
    return this.client.ask('POST', 'library/duplicates/apply', order);
  }

  async changes(): Promise<FileChange[]> {
    return (await this.client.ask<{ items: FileChange[] }>('GET', 'library/changes?limit=50')).items;
  }

  throwAway(id: string): Promise<ChangeAnswer> {
    return this.client.ask('POST', `library/${id}/trash`, {});
  }

  undo(change: string): Promise<ChangeAnswer> {
    return this.client.ask('POST', `library/changes/${change}/undo`, {});
  }

  trash(): Promise<TrashList> {
    return this.client.ask('GET', 'library/trash');
  }

  restore(ids: string[]): Promise<ChangeAnswer> {
    return this.client.ask('POST', 'library/trash/restore', { ids });
  }

  /** For good; without `ids` everything. */
  purge(ids?: string[]): Promise<Purged> {
    return this.client.ask('POST', 'library/trash/purge', ids ? { ids } : { all: true });
  }

  updates(): Promise<Updates> {
    return this.client.ask('GET', 'updates?limit=200');
  }

  checkUpdates(): Promise<Accepted> {
    return this.client.ask('POST', 'updates/check', {});
  }

  /** This version of it, or all that ever come. */
  ignoreUpdate(model: string, version: number | null, ignored = true): Promise<unknown> {
    const which = version === null ? { all: true } : { version_id: version };
    return this.client.ask('POST', 'updates/ignore', { model, ...which, ignored });
  }

  fetchUpdates(models: string[]): Promise<BatchAccepted> {
    return this.client.ask('POST', 'updates/fetch', { models });
  }

  async schedules(): Promise<Schedule[]> {
    return (await this.client.ask<{ items: Schedule[] }>('GET', 'schedules')).items;
  }

  putSchedule(schedule: Schedule): Promise<Schedule> {
    const { name, task, when, not_while_generating, only_when_idle, enabled } = schedule;
    const body = { task, when, not_while_generating, only_when_idle, enabled };
    return this.client.ask('PUT', `schedules/${encodeURIComponent(name)}`, body);
  }

  deleteSchedule(name: string): Promise<unknown> {
    return this.client.ask('DELETE', `schedules/${encodeURIComponent(name)}`);
  }

  runSchedule(name: string): Promise<Accepted> {
    return this.client.ask('POST', `schedules/${encodeURIComponent(name)}/run`, {});
  }

  async roots(): Promise<WatchedRoot[]> {
    return (await this.client.ask<{ items: WatchedRoot[] }>('GET', 'roots')).items;
  }

  setPolicy(path: string, policy: Policy): Promise<unknown> {
    return this.client.ask('PUT', 'roots/policy', { path, policy });
  }

  news(after?: string): Promise<NewsList> {
    const query = new URLSearchParams({ limit: '50', ...(after && { after }) });
    return this.client.ask('GET', `notifications?${query}`);
  }

  /** All of them, or these. */
  markRead(ids?: string[]): Promise<{ unread: number }> {
    return this.client.ask('POST', 'notifications/read', { ids });
  }
}
