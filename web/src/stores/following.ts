import type { Client } from '../api/client';
import { problemOf } from '../api/client';
import type { Changes } from '../api/types';
import type { Host } from '../hosts/host';
import type { Queue } from './queue';

const POLL_SECONDS = 20;
const QUIET_MS = 10_000;
const AFTER_TROUBLE_MS = 2_000;

/**
 * Keeps a queue current. Where the host pushes, pushes are enough and a slow look reconciles;
 * where it does not, or where a push was missed, events are polled.
 */
export function follow(client: Client, queue: Queue, host: Host): () => void {
  const ended = new AbortController();
  const hasEnded = (): boolean => ended.signal.aborted;
  let catchingUp: Promise<void> | null = null;

  async function catchUp(): Promise<void> {
    const since = queue.cursor();
    try {
      if (since === null || !queue.apply(await client.events(since, 0))) await queue.load();
    } catch (error) {
      queue.lose(problemOf(error));
    }
  }

  function reconcile(): void {
    catchingUp ??= catchUp().finally(() => (catchingUp = null));
  }

  function take(changes: Changes): void {
    if (!queue.apply(changes)) reconcile();
  }

  async function next(): Promise<boolean> {
    const since = queue.cursor();
    return since !== null && queue.apply(await client.events(since, POLL_SECONDS, ended.signal));
  }

  async function poll(): Promise<void> {
    while (!hasEnded()) {
      try {
        if (!(await next())) await queue.load();
        if (queue.state.lost) await pause(AFTER_TROUBLE_MS, ended.signal);
      } catch (error) {
        if (hasEnded()) return;
        queue.lose(problemOf(error));
        await pause(AFTER_TROUBLE_MS, ended.signal);
      }
    }
  }

  const samples = setInterval(() => queue.sample(), 1_000);
  ended.signal.addEventListener('abort', () => clearInterval(samples));
  if (host.push) {
    const stop = host.push(take, reconcile);
    const slow = setInterval(reconcile, QUIET_MS);
    ended.signal.addEventListener('abort', () => {
      stop();
      clearInterval(slow);
    });
    reconcile();
  } else {
    void poll();
  }
  return () => ended.abort();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
