import type {
  Action,
  Analysis,
  AnalyzeRequest,
  BatchAccepted,
  Change,
  Changes,
  Health,
  Inspection,
  Job,
  JobDetail,
  JobList,
  JobRequest,
  ModelFolder,
  ModelRequest,
  Problem,
  ReadWorkflow,
  Relinked,
} from './types';

/** Sends a request to a path below `/model-manager/v1`, wherever this page is served from. */
export type Send = (path: string, init: RequestInit) => Promise<Response>;

/** Where the token of a paired client is kept. */
export interface TokenStore {
  read(): string;
  write(token: string): void;
}

/** An answer that is no success; `problem.code` is stable. */
export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    readonly status: number,
  ) {
    super(problem.message);
  }
}

const BYTES = 'application/octet-stream';

const GONE: Problem = {
  code: 'server_gone',
  message: 'The server does not answer.',
  hint: 'It is asked again by itself.',
  family: 'remote',
  retryable: true,
  details: {},
};

/** The API, typed. Every method throws {@link ApiError} and nothing else. */
export class Client {
  constructor(
    private readonly send: Send,
    private readonly tokens: TokenStore,
  ) {}

  jobs(query: Record<string, string>): Promise<JobList> {
    return this.ask('GET', `jobs?${new URLSearchParams(query)}`);
  }

  job(id: string): Promise<JobDetail> {
    return this.ask('GET', `jobs/${id}`);
  }

  async add(request: JobRequest): Promise<Job> {
    const accepted = await this.ask<{ job: Job }>('POST', 'jobs', request);
    return accepted.job;
  }

  addBatch(items: JobRequest[], title?: string): Promise<BatchAccepted> {
    return this.ask('POST', 'batches', { items, title });
  }

  act(id: string, action: Action): Promise<Job> {
    return this.ask('POST', `jobs/${id}/${action}`, {});
  }

  change(id: string, patch: Record<string, unknown>): Promise<Job> {
    return this.ask('PATCH', `jobs/${id}`, patch);
  }

  async remove(id: string): Promise<void> {
    await this.ask('DELETE', `jobs/${id}`);
  }

  events(since: number | null, wait: number, signal?: AbortSignal): Promise<Changes> {
    const query = new URLSearchParams(since === null ? {} : { since: String(since) });
    query.set('wait', String(wait));
    return this.ask('GET', `events?${query}`, undefined, signal);
  }

  inspect(text: string, signal?: AbortSignal, category?: string): Promise<Inspection> {
    return this.ask('POST', 'links/inspect', { text, category }, signal);
  }

  async folders(): Promise<ModelFolder[]> {
    const found = await this.ask<{ items: ModelFolder[] }>('GET', 'folders');
    return found.items;
  }

  analyze(request: AnalyzeRequest, signal?: AbortSignal): Promise<Analysis> {
    return this.ask('POST', 'workflows/analyze', request, signal);
  }

  fetchModels(models: ModelRequest[], title?: string): Promise<BatchAccepted> {
    return this.ask('POST', 'workflows/fetch', { models, title });
  }

  /** The workflow with these changes; nothing is written on the server. */
  relink(workflow: Record<string, unknown>, changes: readonly Change[]): Promise<Relinked> {
    const wanted = changes.map(({ scope, node_id, widget, path, old, new: next, kind }) => {
      return { scope, node_id, widget, path, old, new: next, kind };
    });
    return this.ask('POST', 'workflows/relink', { workflow, changes: wanted });
  }

  /** The workflow that a file carries, a picture or a video as ComfyUI saves them. */
  readWorkflow(file: Blob): Promise<ReadWorkflow> {
    return this.ask('POST', 'workflows/read', file);
  }

  health(): Promise<Health> {
    return this.ask('GET', 'health');
  }

  async settings(): Promise<Record<string, unknown>> {
    return (await this.ask<{ values: Record<string, unknown> }>('GET', 'settings')).values;
  }

  async changeSettings(values: Record<string, unknown>): Promise<Record<string, unknown>> {
    const changed = await this.ask<{ values: Record<string, unknown> }>('PATCH', 'settings', values);
    return changed.values;
  }

  setToken(provider: string, token: string): Promise<{ retried: number }> {
    return this.ask('PUT', `credentials/${provider}`, { token });
  }

  wakeWorker(): Promise<unknown> {
    return this.ask('POST', 'worker/wake', {});
  }

  /** Exchange a pairing code for a token, which every later request carries. */
  async pair(code: string): Promise<void> {
    const paired = await this.ask<{ token: string }>('POST', 'pair', { code });
    this.tokens.write(paired.token);
  }

  /** What `path` below the API answers, as JSON. */
  ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    return this.exchange(path, this.request(method, body, signal), async (answer) => {
      const data: unknown = await answer.json();
      if (answer.ok) return data as T;
      throw new ApiError((data as { error?: Problem }).error ?? GONE, answer.status);
    });
  }

  /** The picture that `path` answers. It is fetched, because an address carries no token. */
  picture(path: string, signal?: AbortSignal): Promise<Blob> {
    return this.exchange(path, this.request('GET', undefined, signal), (answer) => {
      if (answer.ok) return answer.blob();
      throw new ApiError(GONE, answer.status);
    });
  }

  private request(method: string, body?: unknown, signal?: AbortSignal): RequestInit {
    const headers: Record<string, string> = { 'X-Model-Keeper': '1' };
    const token = this.tokens.read();
    if (token) headers['X-Model-Keeper-Token'] = token;
    const isRaw = body instanceof Blob;
    if (body !== undefined) headers['Content-Type'] = isRaw ? BYTES : 'application/json';
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = isRaw ? body : JSON.stringify(body);
    if (signal) init.signal = signal;
    return init;
  }

  /** An answer that does not come and one that cannot be read are the same: nobody answers. */
  private async exchange<T>(
    path: string,
    init: RequestInit,
    read: (answer: Response) => Promise<T>,
  ): Promise<T> {
    try {
      return await read(await this.send(path, init));
    } catch (error) {
      if (error instanceof ApiError || init.signal?.aborted) throw error;
      throw new ApiError(GONE, 0);
    }
  }
}

/** The problem that an error stands for. What is no {@link ApiError} is a fault of ours: thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  throw error;
}
