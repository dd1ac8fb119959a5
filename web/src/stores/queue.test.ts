import { describe, expect, it, vi } from 'vitest';

import { Client } from '../api/client';
import { FakeHost } from '../testing/FakeHost';
import { NOON, changes, job, jobList, live, problem } from '../testing/samples';
import { createQueue } from './queue';

function stage() {
  const host = new FakeHost();
  const clock = { now: NOON };
  const queue = createQueue(new Client(host.send, host.tokens), () => clock.now);
  return { host, clock, queue, ids: () => [...queue.jobs.keys()] };
}

/** A queue that has read everything; the server is at cursor 10. */
async function loaded(...jobs: ReturnType<typeof job>[]) {
  const all = stage();
  all.host.answer('GET events', changes({ since: 8, next: 10 }));
  all.host.answer('GET jobs', ({ query }: { query: URLSearchParams }) =>
    jobList(jobs.filter((each) => query.get('state')?.split(',').includes(each.state))),
  );
  await all.queue.load();
  return all;
}

const running = job({ id: 'r', state: 'running' });
const ready = job({ id: 'r', state: 'succeeded', finished_at: NOON });

describe('load', () => {
  it('takes the cursor before it reads, so that nothing falls between', async () => {
    const { host, queue } = await loaded(running);
    expect(host.requests.map((request) => request.route)).toEqual(['GET events', 'GET jobs', 'GET jobs']);
    expect(host.requests[0]!.query.has('since')).toBe(false);
    expect(queue.cursor()).toBe(10);
  });

  it('reads what is unfinished in the order of the queue, and the last finished ones', async () => {
    const { host, ids } = await loaded(running, job({ id: 's', state: 'succeeded' }));
    const [unfinished, finished] = host.sent('GET jobs').map(({ query }) => Object.fromEntries(query));
    expect(unfinished).toMatchObject({ state: 'pending,paused,running,verifying,review', order: 'queue' });
    expect(finished).toMatchObject({ state: 'succeeded,failed,cancelled' });
    expect(ids()).toEqual(['r', 's']);
  });

  it('reads page after page', async () => {
    const { host, queue, ids } = stage();
    host.answer('GET jobs', ({ query }: { query: URLSearchParams }) => {
      if (query.get('order') !== 'queue') return jobList();
      return query.get('after') ? jobList([job({ id: 'b' })]) : jobList([job({ id: 'a' })], 'more');
    });
    await queue.load();
    expect(ids()).toEqual(['a', 'b']);
  });

  it('forgets what is not there any more', async () => {
    const { host, queue, ids } = await loaded(running);
    host.answer('GET jobs', jobList());
    await queue.load();
    expect(ids()).toEqual([]);
  });

  it('keeps what it has where the server does not answer, and says why', async () => {
    const { host, queue, ids } = await loaded(running);
    host.reachable = false;
    await queue.load();
    expect(queue.state.lost?.code).toBe('server_gone');
    expect(ids()).toEqual(['r']);
    host.reachable = true;
    await queue.load();
    expect(queue.state).toMatchObject({ lost: null, asOf: NOON });
  });

  it('is loaded only when all of it has come', async () => {
    const { host, queue } = stage();
    host.refuse('GET jobs', problem('database_unavailable'), 503);
    await queue.load();
    expect(queue.state).toMatchObject({ loaded: false, lost: { code: 'database_unavailable' } });
    expect(queue.cursor()).toBeNull();
  });

  it('calls back for what has become ready since it was last seen', async () => {
    const { host, queue } = await loaded(running);
    const heard = vi.fn();
    queue.onSuccess(heard);
    host.answer('GET jobs', jobList([ready]));
    await queue.load();
    expect(heard.mock.calls).toEqual([[ready]]);
  });

  it('calls back for nothing that was ready before this page was', async () => {
    const { host, queue } = stage();
    const heard = vi.fn();
    queue.onSuccess(heard);
    host.answer('GET jobs', jobList([ready]));
    await queue.load();
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('apply', () => {
  it('takes in what follows what it knows', async () => {
    const { queue, ids } = await loaded(running);
    const came = changes({ since: 10, next: 12, jobs: [job({ id: 'new' })], live: { r: live() } });
    expect(queue.apply(came)).toBe(true);
    expect(ids()).toEqual(['r', 'new']);
    expect(queue.cursor()).toBe(12);
    expect(queue.total.value.speed).toBe(100);
  });

  it('takes in what begins earlier and reaches further', async () => {
    const { queue, ids } = await loaded(running);
    expect(queue.apply(changes({ since: 4, next: 11, gone: ['r'] }))).toBe(true);
    expect(ids()).toEqual([]);
    expect(queue.cursor()).toBe(11);
  });

  it('refuses what leaves a gap, and all before it has read anything', async () => {
    const { queue, ids } = await loaded(running);
    expect(queue.apply(changes({ since: 11, next: 12, gone: ['r'] }))).toBe(false);
    expect(ids()).toEqual(['r']);
    expect(queue.cursor()).toBe(10);
    expect(stage().queue.apply(changes())).toBe(false);
  });

  it('refuses what is of another time', async () => {
    const { queue } = await loaded(running);
    expect(queue.apply(changes({ since: 10, next: 10, resync: true }))).toBe(false);
  });

  it('lets no late message bring back what has changed since', async () => {
    const { queue } = await loaded(running);
    queue.apply(changes({ since: 10, next: 14, jobs: [ready] }));
    expect(queue.apply(changes({ since: 10, next: 12, jobs: [running] }))).toBe(true);
    expect(queue.jobs.get('r')?.state).toBe('succeeded');
    expect(queue.cursor()).toBe(14);
  });

  it('says that the server is there again', async () => {
    const { queue, clock } = await loaded(running);
    queue.lose(problem('server_gone'));
    clock.now += 5_000;
    queue.apply(changes({ since: 10 }));
    expect(queue.state).toMatchObject({ lost: null, asOf: NOON + 5_000 });
  });

  it('moves rows to their groups, and the badge with them', async () => {
    const { queue } = await loaded(running);
    expect(queue.badge.value).toBe('1');
    queue.apply(changes({ since: 10, next: 11, jobs: [job({ id: 'r', state: 'failed' })] }));
    expect(queue.groups.value.attention).toHaveLength(1);
    expect(queue.badge.value).toBe('!');
  });
});

describe('onSuccess', () => {
  it('calls back once for a job, however often it is told', async () => {
    const { queue } = await loaded(running);
    const heard = vi.fn();
    queue.onSuccess(heard);
    queue.apply(changes({ since: 10, next: 11, jobs: [ready] }));
    queue.apply(changes({ since: 11, next: 12, jobs: [ready] }));
    expect(heard.mock.calls).toEqual([[ready]]);
  });

  it('is silent about other ends, and after it was ended', async () => {
    const { queue } = await loaded(running);
    const heard = vi.fn();
    const end = queue.onSuccess(heard);
    queue.put(job({ id: 'r', state: 'failed' }));
    expect(heard).not.toHaveBeenCalled();
    end();
    queue.put(ready);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('stalledFor', () => {
  const tick = (bytes_done: number) => changes({ since: 10, live: { r: live({ bytes_done }) } });

  it('counts from the last byte', async () => {
    const { queue, clock } = await loaded(running);
    queue.apply(tick(400));
    clock.now += 25_000;
    queue.apply(tick(400));
    expect(queue.stalledFor('r')).toBe(25_000);
    queue.apply(tick(401));
    expect(queue.stalledFor('r')).toBe(0);
  });

  it('is nought for what does not run', async () => {
    const { queue, clock } = await loaded(running);
    queue.apply(tick(400));
    clock.now += 25_000;
    queue.apply(changes({ since: 10 }));
    expect(queue.stalledFor('r')).toBe(0);
    expect(queue.stalledFor('nobody')).toBe(0);
  });

  it('begins anew with what was paused for an hour', async () => {
    const { queue, clock } = await loaded(running);
    queue.apply(tick(400));
    queue.apply(changes({ since: 10 }));
    clock.now += 3_600_000;
    queue.apply(tick(400));
    expect(queue.stalledFor('r')).toBe(0);
  });
});

it('keeps a minute of speeds', async () => {
  const { queue } = await loaded(running);
  for (let second = 1; second <= 61; second += 1) {
    queue.apply(changes({ since: 10, live: { r: live({ bytes_per_second: second }) } }));
    queue.sample();
  }
  expect(queue.speeds.value).toHaveLength(60);
  expect(queue.speeds.value.at(0)).toBe(2);
  expect(queue.speeds.value.at(-1)).toBe(61);
});

describe('put', () => {
  it('takes the answer to a wish, but not over what was pushed after it was given', async () => {
    const { queue } = await loaded(job({ id: 'r', state: 'running', updated_at: 10 }));
    const paused = job({ id: 'r', state: 'paused', updated_at: 30 });
    queue.apply(changes({ since: 10, next: 11, jobs: [paused] }));
    queue.put(job({ id: 'r', state: 'running', control: 'pause', updated_at: 20 }));
    expect(queue.jobs.get('r')).toMatchObject({ state: 'paused', control: '' });
    queue.put(job({ id: 'r', state: 'pending', updated_at: 40 }));
    expect(queue.jobs.get('r')?.state).toBe('pending');
  });
});
