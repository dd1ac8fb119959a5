import type { Client } from './client';
import type {
  Accepted,
  Changed,
  FormerValue,
  KnownPicture,
  Marks,
  Metadata,
  MetadataPatch,
  Model,
  ModelPage,
  ModelQuery,
  PatchedWorkflow,
  PreviewFacts,
  SavedFilter,
  Target,
  Update,
} from './libraryTypes';
import type { BatchAccepted } from './types';

/** A model by its place, as the routes of pictures want it. */
export interface Address {
  category: string;
  root: number;
  path: string;
}

/** The routes of the library. Every method throws ApiError. */
export class LibraryApi {
  constructor(private readonly client: Pick<Client, 'ask' | 'picture'>) {}

  list(
    query: ModelQuery,
    page: { limit: number; offset?: number; facets?: boolean },
    signal?: AbortSignal,
  ): Promise<ModelPage> {
    const { q, category, sort, backwards } = query;
    const asked = {
      q,
      sort,
      limit: page.limit,
      ...(category !== null && { category }),
      ...(backwards && { backwards }),
      ...(page.offset && { offset: page.offset }),
      ...(page.facets && { facets: true }),
    };
    return this.client.ask('GET', `library?${params(asked)}`, undefined, signal);
  }

  get(id: string, signal?: AbortSignal): Promise<Model> {
    return this.client.ask('GET', one(id), undefined, signal);
  }

  mark(id: string, marks: Partial<Marks>): Promise<Model> {
    return this.client.ask('PATCH', one(id), marks);
  }

  scan(): Promise<Accepted> {
    return this.client.ask('POST', 'library/scan', {});
  }

  hash(target: Target): Promise<Accepted> {
    return this.client.ask('POST', 'library/hash', target);
  }

  metadata(id: string, signal?: AbortSignal): Promise<Metadata> {
    return this.client.ask('GET', one(id, 'metadata'), undefined, signal);
  }

  changeMetadata(id: string, patch: MetadataPatch): Promise<Metadata> {
    return this.client.ask('PATCH', one(id, 'metadata'), patch);
  }

  async history(id: string, signal?: AbortSignal): Promise<FormerValue[]> {
    const path = one(id, 'metadata/history');
    return (await this.client.ask<{ items: FormerValue[] }>('GET', path, undefined, signal)).items;
  }

  /** Give a field the value back that it had at this time. */
  restore(id: string, { field, at }: Pick<FormerValue, 'field' | 'at'>): Promise<Metadata> {
    return this.client.ask('POST', one(id, 'metadata/restore'), { field, at });
  }

  refreshMetadata(target: Target): Promise<Accepted> {
    return this.client.ask('POST', 'metadata/refresh', { ...target, only_incomplete: false });
  }

  repairPreviews(target: Target): Promise<Accepted> {
    return this.client.ask('POST', 'previews/repair', target);
  }

  async pictures(id: string, signal?: AbortSignal): Promise<KnownPicture[]> {
    const path = one(id, 'previews');
    return (await this.client.ask<{ items: KnownPicture[] }>('GET', path, undefined, signal)).items;
  }

  choosePicture(id: string, index: number): Promise<unknown> {
    return this.client.ask('POST', one(id, 'previews/choose'), { index });
  }

  /** Its preview as WebP, `size` px at its longest edge. */
  preview(address: Address, size: number, still: boolean, signal?: AbortSignal): Promise<Blob> {
    return this.client.picture(`library/preview?${params({ ...address, size, still })}`, signal);
  }

  previewFacts(address: Address, signal?: AbortSignal): Promise<PreviewFacts> {
    return this.client.ask('GET', `library/preview/facts?${params(address)}`, undefined, signal);
  }

  choosePreview(address: Address, picture: Blob): Promise<PreviewFacts> {
    return this.client.ask('PUT', `library/preview?${params(address)}`, picture);
  }

  /** `output` is relative to ComfyUI's output folder. */
  chooseOutput(address: Address, output: string): Promise<PreviewFacts> {
    return this.client.ask('POST', `library/preview/output?${params(address)}`, { output });
  }

  previewGoBack(address: Address): Promise<PreviewFacts> {
    return this.client.ask('DELETE', `library/preview?${params(address)}`, {});
  }

  act(action: string, target: Target, values: object = {}): Promise<Changed> {
    return this.client.ask('POST', 'library/actions', { action, ...target, ...values });
  }

  rename(id: string, name: string): Promise<Changed> {
    return this.client.ask('POST', one(id, 'rename'), { name });
  }

  undo(change: string): Promise<Changed> {
    return this.client.ask('POST', `library/changes/${change}/undo`, {});
  }

  async patchWorkflows(change: string, paths: readonly string[]): Promise<PatchedWorkflow[]> {
    const body = { change, paths };
    const path = 'library/workflows/patch';
    return (await this.client.ask<{ results: PatchedWorkflow[] }>('POST', path, body)).results;
  }

  /** What is known of models, as a document that another machine can fetch them by. */
  export(target: Target): Promise<object> {
    const asked =
      'ids' in target
        ? { ids: target.ids.join(',') }
        : {
            q: target.query,
            ...(target.category !== null && { category: target.category }),
            ...(target.without.length > 0 && { without: target.without.join(',') }),
          };
    return this.client.ask('GET', `library/export?${params(asked)}`);
  }

  /** Newer versions of models, as far as anybody has looked for them; without those that are ignored. */
  async updates(): Promise<Update[]> {
    return (await this.client.ask<{ items: Update[] }>('GET', 'updates?ignored=false&limit=1000')).items;
  }

  fetchUpdates(models: readonly string[]): Promise<BatchAccepted> {
    return this.client.ask('POST', 'updates/fetch', { models });
  }

  async filters(): Promise<SavedFilter[]> {
    return (await this.client.ask<{ items: SavedFilter[] }>('GET', 'filters')).items;
  }

  keepFilter({ name, ...filter }: SavedFilter): Promise<unknown> {
    return this.client.ask('PUT', `filters/${encodeURIComponent(name)}`, filter);
  }

  dropFilter(name: string): Promise<unknown> {
    return this.client.ask('DELETE', `filters/${encodeURIComponent(name)}`);
  }
}

function one(id: string, part = ''): string {
  return `library/${encodeURIComponent(id)}${part && `/${part}`}`;
}

function params(values: object): URLSearchParams {
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
