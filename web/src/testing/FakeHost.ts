import type { TokenStore } from '../api/client';
import type { Changes, Place, Problem } from '../api/types';
import type { Edit } from '../domain/edits';
import type { Applied, Canvas, Host, LoadedModel, OpenWorkflow } from '../hosts/host';
import { HEALTH, changes, jobList, problem } from './samples';

export interface SentRequest {
  /** `POST jobs/j1/pause`: the method, and the path without its query. */
  route: string;
  query: URLSearchParams;
  body: unknown;
  headers: Record<string, string>;
}

type Answer = (request: SentRequest) => unknown;

/** An answer that is no success. */
class Refusal {
  constructor(
    readonly problem: Problem,
    readonly status: number,
  ) {}
}

/**
 * A host without a browser or a server behind it: it keeps what was asked, and answers as it was
 * told. What nobody told it is answered as by an idle server.
 */
export class FakeHost implements Host {
  readonly name = 'standalone';
  readonly requests: SentRequest[] = [];
  readonly tokens: TokenStore & { token: string };
  /** What it keeps across visits. */
  readonly kept = new Map<string, string>();
  readonly memory = {
    read: (name: string): string | null => this.kept.get(name) ?? null,
    write: (name: string, value: string): void => void this.kept.set(name, value),
  };
  push?: Host['push'];
  canvas?: FakeCanvas;
  badge: string | null = null;
  /** What was offered as a file, by its name. */
  readonly saved = new Map<string, string>();
  /** The server answers at all. */
  reachable = true;

  private readonly answers = new Map<string, Answer>([
    ['GET events', () => changes()],
    ['GET jobs', () => jobList()],
    ['GET health', () => HEALTH],
    ['GET settings', () => ({ values: {} })],
    ['GET folders', () => ({ items: [] })],
    ['GET notifications', () => ({ items: [], next: null, total: 0, unread: 0 })],
  ]);
  private readonly localeListeners = new Set<(locale: string) => void>();
  private readonly themeListeners = new Set<() => void>();
  private language: string;
  private light = false;
  private takes: ((changes: Changes) => void) | null = null;
  private loses: (() => void) | null = null;

  constructor(options: { push?: boolean; canvas?: FakeCanvas; locale?: string } = {}) {
    const { canvas, locale = 'en' } = options;
    this.language = locale;
    if (canvas) this.canvas = canvas;
    if (options.push) this.push = (take, lost) => this.connect(take, lost);
    this.tokens = {
      token: '',
      read: () => this.tokens.token,
      write: (token) => (this.tokens.token = token),
    };
  }

  /** Answer every request of a route, such as `GET jobs`; a function answers each anew. */
  answer(route: string, answer: object | Answer): void {
    this.answers.set(route, typeof answer === 'function' ? (answer as Answer) : () => answer);
  }

  refuse(route: string, refusal: Problem, status = 409): void {
    this.answers.set(route, () => new Refusal(refusal, status));
  }

  /** The requests of a route so far. */
  sent(route: string): SentRequest[] {
    return this.requests.filter((request) => request.route === route);
  }

  readonly send = async (path: string, init: RequestInit): Promise<Response> => {
    const [bare = '', query] = path.split('?');
    const request: SentRequest = {
      route: `${init.method ?? 'GET'} ${bare}`,
      query: new URLSearchParams(query),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      headers: init.headers as Record<string, string>,
    };
    this.requests.push(request);
    if (!this.reachable) throw new TypeError('nobody listens');
    const answer = this.answers.get(request.route);
    if (!answer) return json({ error: notTold(request.route) }, 501);
    const given = await unlessAborted(Promise.resolve(answer(request)), init.signal);
    if (given instanceof Refusal) return json({ error: given.problem }, given.status);
    return json(given, 200);
  };

  /** Push what has changed to whoever listens. */
  pushes(pushed: Changes): void {
    this.takes?.(pushed);
  }

  /** The connection for pushes was away for a moment. */
  reconnects(): void {
    this.loses?.();
  }

  get isPushing(): boolean {
    return this.takes !== null;
  }

  readonly locale = (): string => this.language;

  onLocale(listener: (locale: string) => void): () => void {
    this.localeListeners.add(listener);
    return () => this.localeListeners.delete(listener);
  }

  speak(locale: string): void {
    this.language = locale;
    for (const listener of this.localeListeners) listener(locale);
  }

  readonly isLight = (): boolean => this.light;

  onTheme(listener: () => void): () => void {
    this.themeListeners.add(listener);
    return () => this.themeListeners.delete(listener);
  }

  turn(theme: 'light' | 'dark'): void {
    this.light = theme === 'light';
    for (const listener of this.themeListeners) listener();
  }

  setBadge(text: string | null): void {
    this.badge = text;
  }

  saveFile(name: string, text: string): void {
    this.saved.set(name, text);
  }

  private connect(take: (changes: Changes) => void, lost: () => void): () => void {
    this.takes = take;
    this.loses = lost;
    return () => {
      this.takes = null;
      this.loses = null;
    };
  }
}

/** A canvas with one workflow, or none. */
export class FakeCanvas implements Canvas {
  refreshes = 0;
  readonly revealed: Place[] = [];
  /** The edits that hold now. */
  readonly applied: Edit[] = [];
  /** How many of the next edits find their place gone. */
  missing = 0;
  /** The models that were put on it. */
  readonly added: LoadedModel[] = [];
  /** Whether it has a node for them. */
  loads = true;
  /** What is being dragged is let go above it. */
  drop: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(public workflow: OpenWorkflow | null = openWorkflow()) {}

  read(): Promise<OpenWorkflow | null> {
    return Promise.resolve(this.workflow);
  }

  refresh(): Promise<void> {
    this.refreshes += 1;
    return Promise.resolve();
  }

  apply(edits: readonly Edit[]): Promise<Applied> {
    const done = edits.slice(this.missing);
    this.applied.push(...done);
    const undo = (): Promise<void> => {
      const left = this.applied.filter((edit) => !done.includes(edit));
      this.applied.splice(0, Infinity, ...left);
      return Promise.resolve();
    };
    return Promise.resolve({ missed: edits.length - done.length, undo });
  }

  reveal(place: Place): void {
    this.revealed.push(place);
  }

  addModel(model: LoadedModel): Promise<boolean> {
    if (this.loads) this.added.push(model);
    return Promise.resolve(this.loads);
  }

  takeDrop(model: LoadedModel, done: (added: boolean) => void): () => void {
    this.drop = () => {
      this.added.push(model);
      done(true);
    };
    return () => (this.drop = null);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Another workflow is open. */
  opens(workflow: OpenWorkflow | null): void {
    this.workflow = workflow;
    for (const listener of this.listeners) listener();
  }
}

export function openWorkflow(given: Partial<OpenWorkflow> = {}): OpenWorkflow {
  return {
    title: 'Portrait',
    workflow: { nodes: [] },
    stored: null,
    models: [],
    values: [],
    missingNodes: [],
    ...given,
  };
}

function notTold(route: string): Problem {
  return problem('not_told', { message: `A test has to say what ${route} answers.` });
}

function json(body: unknown, status: number): Response {
  return new Response(JSON.stringify(body), { status });
}

/** As `fetch` does it: an aborted request fails at once, whatever comes later. */
function unlessAborted<T>(answer: Promise<T>, signal?: AbortSignal | null): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new DOMException('the request was aborted', 'AbortError'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    answer.then(resolve, reject);
  });
}
