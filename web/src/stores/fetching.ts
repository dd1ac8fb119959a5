import { reactive } from '@vue/reactivity';

import type { Client } from '../api/client';
import type { Job, ModelRequest, Need, Problem } from '../api/types';
import { asRequest, asRequestFrom, keyOf } from '../domain/needs';
import type { Queue } from './queue';

/** Downloads for a workflow's needs, and which job brings which. */
export function createFetching(client: Client, queue: Queue, title: () => string) {
  /** The job that was asked for a need, where its place alone does not tell. */
  const asked = reactive(new Map<string, string>());

  /** Fetch needs from where the workflow, or whoever knows them, says. Throws ApiError. */
  function get(needs: readonly Need[]): Promise<Problem[]> {
    return all(needs.map((need) => [need, asRequest(need)]));
  }

  /** Fetch a need from the source that a person has chosen or pasted. Throws ApiError. */
  function getFrom(need: Need, source: Parameters<typeof asRequestFrom>[1]): Promise<Problem[]> {
    return all([[need, asRequestFrom(need, source)]]);
  }

  /** What was refused; the others are in the queue. */
  async function all(wishes: readonly (readonly [Need, ModelRequest])[]): Promise<Problem[]> {
    const models = wishes.map(([, model]) => model);
    const accepted = await client.fetchModels(models, title() || undefined);
    if (accepted.job) queue.put(accepted.job);
    for (const [n, { job_id }] of accepted.items.entries()) {
      const need = wishes[n]?.[0];
      if (need && job_id) asked.set(keyOf(need), job_id);
    }
    return accepted.items.flatMap((item) => (item.error ? [item.error] : []));
  }

  /** The job that brings a needed file now, where one does. */
  function jobFor(need: Need): Job | undefined {
    const own = queue.jobs.get(asked.get(keyOf(need)) ?? '');
    if (own && isUnderWay(own)) return own;
    for (const job of queue.jobs.values()) {
      if (need.path !== null && job.path === need.path && isUnderWay(job)) return job;
    }
    return undefined;
  }

  return { get, getFrom, jobFor };
}

function isUnderWay(job: Job): boolean {
  return job.state !== 'succeeded' && job.state !== 'cancelled';
}
