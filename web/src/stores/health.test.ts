import { afterEach, describe, expect, it, vi } from 'vitest';

import { Client } from '../api/client';
import { FakeHost } from '../testing/FakeHost';
import { job, maintenance, recommendation } from '../testing/samples';
import { createHealth } from './health';
import { createQueue } from './queue';

const incomplete = recommendation({ code: 'metadata_incomplete', category: 'loras', count: 37 });

function stage() {
  const host = new FakeHost();
  host.answer('GET maintenance', maintenance([incomplete]));
  const client = new Client(host.send, host.tokens);
  const queue = createQueue(client, () => 0);
  return { host, queue, health: createHealth(client, queue) };
}

afterEach(() => vi.useRealTimers());

describe('a recommendation', () => {
  it('is followed by a job, which is shown in its place until it ends', async () => {
    const { host, queue, health } = stage();
    const started = job({ id: 'm', kind: 'metadata', state: 'running' });
    host.answer('POST maintenance/apply', { job: started, deduplicated: false });
    await health.report.load();
    await health.apply(incomplete);
    expect(host.sent('POST maintenance/apply')[0]!.body).toEqual({
      code: 'metadata_incomplete',
      category: 'loras',
    });
    expect(health.jobFor(incomplete)?.id).toBe('m');
    expect(health.others.value).toEqual([]);
    queue.put({ ...started, state: 'succeeded', updated_at: started.updated_at + 1 });
    expect(health.jobFor(incomplete)).toBeUndefined();
  });

  it('does not hide the work that somebody else has asked for', () => {
    const { queue, health } = stage();
    queue.put(job({ id: 'h', kind: 'hash', state: 'running' }));
    queue.put(job({ id: 'd', state: 'running' }));
    expect(health.others.value.map(({ id }) => id)).toEqual(['h']);
  });
});

describe('what is known', () => {
  it('is asked for again when a job has ended, and not before anybody has looked', async () => {
    vi.useFakeTimers();
    const { host, queue, health } = stage();
    for (const route of ['library/space', 'library/duplicates', 'library/trash', 'library/changes', 'schedules']) {
      host.answer(`GET ${route}`, { items: [] });
    }
    const stop = health.follow();
    const scan = job({ id: 's', kind: 'scan', state: 'running' });
    const end = () => queue.put({ ...scan, state: 'succeeded', updated_at: scan.updated_at + 1 });
    queue.put(scan);
    end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(host.sent('GET maintenance')).toHaveLength(0);
    await health.report.load();
    queue.put({ ...scan, id: 't' });
    queue.remove('t');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(host.sent('GET maintenance')).toHaveLength(2);
    stop();
  });
});
