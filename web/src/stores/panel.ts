import { reactive, watch } from '@vue/reactivity';

import { ApiError, Client } from '../api/client';
import type { Action, Candidate, Job, Need, Problem } from '../api/types';
import { isLive } from '../domain/jobs';
import type { Applied, Host } from '../hosts/host';
import { follow } from './following';
import { createLibrary } from './library';
import { createLibraryActions } from './libraryActions';
import { createHealth } from './health';
import { createQueue } from './queue';
import { createSession } from './session';
import { createTexts } from './texts';
import { createWorkflow } from './workflow';

type Source = Pick<Candidate, 'name' | 'url' | 'category' | 'sha256'>;

export type TabName = 'queue' | 'workflow' | 'library' | 'health';

export interface Notice {
  text: string;
  kind: 'ok' | 'warn' | 'bad';
  undo?: () => void;
}

export type Question =
  | { kind: 'token'; provider: 'civitai' | 'huggingface' }
  | { kind: 'pair' }
  | { kind: 'secret' }
  | { kind: 'speed' };

/** What the panel shows now. */
interface Shown {
  tab: TabName;
  /** The row whose details are open. */
  open: string | null;
  notice: Notice | null;
  question: Question | null;
  light: boolean;
  now: number;
}

/** Everything behind the panel. Made once a page; the DOM comes and goes. */
export function createPanel(host: Host) {
  const now = (): number => Date.now();
  const client = new Client(host.send, host.tokens);
  const queue = createQueue(client, now);
  const session = createSession(client);
  const workflow = createWorkflow(client, queue, host);
  const health = createHealth(client, queue);
  const texts = createTexts(host);
  const library = createLibrary(client, queue, host.memory);
  const ui = reactive<Shown>({
    tab: 'queue',
    open: null,
    notice: null,
    question: null,
    light: host.isLight(),
    now: now(),
  });

  /** Do something that may be refused; the refusal is said, and asks for what would help. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refused(error.problem);
      return undefined;
    }
  }

  function refused(problem: Problem): void {
    if (problem.code === 'pairing_needed') ui.question = { kind: 'pair' };
    else if (problem.code === 'token_needed') ui.question = { kind: 'secret' };
    else ui.notice = { text: texts.message(problem), kind: 'bad' };
  }

  const say = (notice: Notice): void => void (ui.notice = notice);
  const libraryActions = createLibraryActions({
    ...{ library, queue, texts, attempt, say },
    saveFile: (name, text) => host.saveFile(name, text),
  });

  /** Fetch what the open workflow needs: these, or all that is ticked. */
  async function getModels(needs?: readonly Need[]): Promise<void> {
    const [first] = (await attempt(() => workflow.get(needs))) ?? [];
    if (first) refused(first);
  }

  /** Fetch a need from the source that was chosen or pasted for it; whether it was taken. */
  async function getModelFrom(need: Need, source: Source): Promise<boolean> {
    const problems = await attempt(() => workflow.getFrom(need, source));
    if (problems?.[0]) refused(problems[0]);
    return problems?.length === 0;
  }

  /** Make the workflow name files that are here, and say so with the way back. */
  async function relink(models: number, work: () => Promise<Applied>): Promise<void> {
    const applied = await attempt(work);
    if (!applied) return;
    const undo = (): void => void attempt(() => applied.undo());
    ui.notice = applied.missed
      ? { text: texts.t('notice.notRelinked', { count: applied.missed }), kind: 'warn', undo }
      : { text: texts.t('notice.relinked', { count: models }), kind: 'ok', undo };
  }

  async function act(job: Job, action: Action): Promise<void> {
    const changed = await attempt(() => client.act(job.id, action));
    if (!changed) return;
    queue.put(changed);
    if (action === 'cancel') {
      const undo = (): void => void act(job, 'retry');
      ui.notice = { text: texts.t('notice.cancelled', { name: job.name || texts.t(`kind.${job.kind}`) }), kind: 'ok', undo };
    }
  }

  async function remove(job: Job): Promise<void> {
    const done = await attempt(async () => (await client.remove(job.id), true));
    if (done) queue.remove(job.id);
  }

  /** Pause or continue everything that runs or waits. */
  async function actOnAll(action: 'pause' | 'resume'): Promise<void> {
    const wanted = action === 'pause' ? ['pending', 'running', 'verifying'] : ['paused'];
    const rows = [...queue.jobs.values()].filter((job) => isLive(job) && job.kind !== 'batch');
    for (const job of rows) if (wanted.includes(job.state)) await act(job, action);
  }

  /** Fetch again under another name what met a file that is there already. */
  async function keepBoth(job: Job): Promise<void> {
    const detail = await attempt(() => client.job(job.id));
    if (!detail?.url) return;
    const { category, root, relative } = detail.job;
    const request = { url: detail.url, category, root, name: relative };
    const added = await attempt(() => client.add({ ...request, collision: 'suffix' } as never));
    if (added) queue.put(added);
    if (added) await remove(job);
  }

  let stop: (() => void) | null = null;

  /** Begin to follow the server. */
  function start(): void {
    if (stop) return;
    const stops = [
      follow(client, queue, host),
      health.follow(),
      host.onTheme(() => (ui.light = host.isLight())),
      watch(queue.badge, (badge: string | null) => host.setBadge(badge), { immediate: true }),
    ];
    const clock = setInterval(() => (ui.now = now()), 1_000);
    void session.refresh();
    void workflow.look();
    stop = () => {
      for (const end of stops) end();
      clearInterval(clock);
      stop = null;
    };
  }

  return {
    host,
    client,
    queue,
    session,
    workflow,
    health,
    library,
    libraryActions,
    texts,
    ui,
    attempt,
    act,
    getModels,
    getModelFrom,
    relink,
    remove,
    actOnAll,
    keepBoth,
    start,
    stop: () => stop?.(),
  };
}

export type Panel = ReturnType<typeof createPanel>;
