import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Client } from '../api/client';
import { FakeHost } from '../testing/FakeHost';
import { NOON, changes, job, jobList, live, problem } from '../testing/samples';
import { follow } from './following';
import { createQueue } from './queue';

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);

/** A server with one running job at cursor 10, and a queue that follows it. */
async function following(options: { push: boolean }) {
  const host = new FakeHost(options);
  const client = new Client(host.send, host.tokens);
  const queue = createQueue(client, () => Date.now());
  host.answer('GET events', atRest);
  host.answer('GET jobs', ({ query }: { query: URLSearchParams }) =>
    jobList(query.get('order') === 'queue' ? [job({ id: 'r', state: 'running' })] : []),
  );
  const stop = follow(client, queue, host);
  await settled();
  return { host, queue, stop, asked: () => host.sent('GET events').map(({ query }) => query.get('since')) };
}

/** Nothing new: at once where nobody wants to wait, else after the time that was given. */
function atRest({ query }: { query: URLSearchParams }): unknown {
  const answer = changes({ since: Number(query.get('since') ?? 10) });
  const seconds = Number(query.get('wait'));
  return seconds ? after(seconds * 1_000, answer) : answer;
}

function after<T>(ms: number, answer: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(answer), ms));
}

describe('with pushes', () => {
  it('reads everything once, then takes what is pushed', async () => {
    const { host, queue, asked } = await following({ push: true });
    host.pushes(changes({ since: 10, next: 11, jobs: [job({ id: 'new' })] }));
    await settled();
    expect([...queue.jobs.keys()]).toEqual(['r', 'new']);
    expect(asked()).toEqual([null]);
  });

  it('fills a gap from the events', async () => {
    const { host, queue, asked } = await following({ push: true });
    host.answer('GET events', changes({ since: 10, next: 13, jobs: [job({ id: 'missed' })] }));
    host.pushes(changes({ since: 12, next: 13 }));
    await settled();
    expect(asked()).toEqual([null, '10']);
    expect(queue.jobs.has('missed')).toBe(true);
    expect(queue.cursor()).toBe(13);
    expect(host.sent('GET jobs')).toHaveLength(2);
  });

  it('asks once where several pushes show the same gap', async () => {
    const { host, asked } = await following({ push: true });
    host.pushes(changes({ since: 12, next: 13 }));
    host.pushes(changes({ since: 13, next: 14 }));
    await settled();
    expect(asked()).toEqual([null, '10']);
  });

  it('reads everything anew where the events do not reach back', async () => {
    const { host, queue } = await following({ push: true });
    host.answer('GET events', ({ query }: { query: URLSearchParams }) =>
      query.has('since') ? changes({ resync: true }) : changes({ since: 90 }),
    );
    host.answer('GET jobs', jobList([job({ id: 'other' })]));
    host.pushes(changes({ since: 80, next: 81 }));
    await settled();
    expect([...queue.jobs.keys()]).toEqual(['other']);
    expect(queue.cursor()).toBe(90);
  });

  it('asks what it missed when the connection is there again', async () => {
    const { host, queue } = await following({ push: true });
    host.answer('GET events', changes({ since: 10, next: 12, gone: ['r'] }));
    host.reconnects();
    await settled();
    expect(queue.jobs.size).toBe(0);
  });

  it('looks now and then, in case that a push was lost unseen', async () => {
    const { asked } = await following({ push: true });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(asked()).toEqual([null]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toEqual([null, '10']);
  });

  it('says that the server is gone, and that it is there again', async () => {
    const { host, queue } = await following({ push: true });
    host.reachable = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(queue.state.lost?.code).toBe('server_gone');
    expect(queue.jobs.size).toBe(1);
    host.reachable = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(queue.state.lost).toBeNull();
  });

  it('leaves no timer and no listener when it is ended', async () => {
    const { host, stop } = await following({ push: true });
    expect(host.isPushing).toBe(true);
    stop();
    expect(host.isPushing).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('without pushes', () => {
  it('reads everything, then waits at the events', async () => {
    const { host, queue, asked } = await following({ push: false });
    expect(asked()).toEqual([null, '10']);
    expect(host.sent('GET events')[1]!.query.get('wait')).toBe('20');
    host.answer('GET events', ({ query }: { query: URLSearchParams }) =>
      query.get('since') === '10' ? changes({ since: 10, next: 11, gone: ['r'] }) : atRest({ query }),
    );
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.jobs.size).toBe(0);
    expect(asked()).toEqual([null, '10', '10', '11']);
  });

  it('reads everything anew, once, where its cursor is of another time', async () => {
    const { host, queue } = await following({ push: false });
    host.answer('GET events', ({ query }: { query: URLSearchParams }) => {
      if (query.get('since') === '10') return after(1, changes({ since: 10, resync: true }));
      return query.has('since') ? atRest({ query }) : changes({ since: 90 });
    });
    let pages = 0;
    host.answer('GET jobs', () => {
      pages += 1;
      return after(500, jobList());
    });
    await vi.advanceTimersByTimeAsync(20_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pages).toBe(2);
    expect(queue.cursor()).toBe(90);
    expect(host.sent('GET events').filter(({ query }) => query.get('since') === '10')).toHaveLength(2);
  });

  it('asks a gone server every two seconds until it finds it', async () => {
    const { host, queue } = await following({ push: false });
    host.reachable = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.state.lost?.code).toBe('server_gone');
    const before = host.requests.length;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(host.requests.length - before).toBe(3);
    host.reachable = true;
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(queue.state.lost).toBeNull();
  });

  it('begins where the server was not there from the start', async () => {
    const host = new FakeHost();
    host.reachable = false;
    const client = new Client(host.send, host.tokens);
    const queue = createQueue(client, () => Date.now());
    follow(client, queue, host);
    await settled();
    expect(queue.state.loaded).toBe(false);
    host.answer('GET events', atRest);
    host.reachable = true;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(queue.state).toMatchObject({ loaded: true, lost: null });
  });

  it('does not ask without a pause what is refused', async () => {
    const { host, queue } = await following({ push: false });
    host.refuse('GET events', problem('token_needed'), 401);
    await vi.advanceTimersByTimeAsync(20_000);
    const before = host.requests.length;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(host.requests.length - before).toBeLessThanOrEqual(5);
    expect(queue.state.lost?.code).toBe('token_needed');
  });

  it('lets go of its request and its timers when it is ended', async () => {
    const { host, queue, stop } = await following({ push: false });
    stop();
    await settled();
    const before = host.requests.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.requests).toHaveLength(before);
    expect(queue.state.lost).toBeNull();
  });

  it('ends in the pause after trouble as well', async () => {
    const { host, stop } = await following({ push: false });
    host.reachable = false;
    await vi.advanceTimersByTimeAsync(20_000);
    stop();
    await settled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('takes a sample of the speed every second, until it is ended', async () => {
  const { host, queue, stop } = await following({ push: true });
  host.pushes(changes({ since: 10, live: { r: live() } }));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(queue.speeds.value).toEqual([100, 100, 100]);
  stop();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(queue.speeds.value).toHaveLength(3);
});
