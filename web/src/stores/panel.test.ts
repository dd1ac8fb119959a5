import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { FakeHost } from '../testing/FakeHost';
import { NOON, HEALTH, batch, detail, job, jobList, problem } from '../testing/samples';
import { createPanel } from './panel';

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

function stage(host = new FakeHost()) {
  return { host, panel: createPanel(host) };
}

describe('attempt', () => {
  it('gives back what was done', async () => {
    expect(await stage().panel.attempt(() => Promise.resolve(7))).toBe(7);
  });

  it.each([
    ['pairing_needed', 'pair'],
    ['token_needed', 'secret'],
  ])('asks for what helps with %s', async (code, kind) => {
    const { host, panel } = stage();
    host.refuse('GET health', problem(code), 403);
    expect(await panel.attempt(() => panel.client.health())).toBeUndefined();
    expect(panel.ui.question).toEqual({ kind });
    expect(panel.ui.notice).toBeNull();
  });

  it('says any other refusal', async () => {
    const { host, panel } = stage();
    host.refuse('GET health', problem('unknown_to_us', { message: 'It rests.' }), 503);
    await panel.attempt(() => panel.client.health());
    expect(panel.ui.notice).toEqual({ text: 'It rests.', kind: 'bad' });
    expect(panel.ui.question).toBeNull();
  });

  it('does not swallow a fault of ours', async () => {
    const fault = new TypeError('undefined is not a function');
    await expect(stage().panel.attempt(() => Promise.reject(fault))).rejects.toBe(fault);
  });
});

describe('act', () => {
  const running = job({ id: 'r', state: 'running', name: 'ae.gguf' });

  it('shows at once what the server made of it', async () => {
    const { host, panel } = stage();
    host.answer('POST jobs/r/pause', { ...running, state: 'paused' });
    await panel.act(running, 'pause');
    expect(panel.queue.jobs.get('r')?.state).toBe('paused');
    expect(panel.ui.notice).toBeNull();
  });

  it('offers to take a cancellation back', async () => {
    const { host, panel } = stage();
    host.answer('POST jobs/r/cancel', { ...running, state: 'cancelled' });
    host.answer('POST jobs/r/retry', { ...running, state: 'pending' });
    await panel.act(running, 'cancel');
    expect(panel.ui.notice).toMatchObject({ text: 'ae.gguf is cancelled.', kind: 'ok' });
    panel.ui.notice?.undo?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(panel.queue.jobs.get('r')?.state).toBe('pending');
  });

  it('changes nothing where it is refused', async () => {
    const { host, panel } = stage();
    panel.queue.put(running);
    host.refuse('POST jobs/r/cancel', problem('unknown_to_us'));
    await panel.act(running, 'cancel');
    expect(panel.queue.jobs.get('r')).toEqual(running);
    expect(panel.ui.notice).toMatchObject({ kind: 'bad' });
    expect(panel.ui.notice?.undo).toBeUndefined();
  });
});

it('takes off the list only what the server took off', async () => {
  const { host, panel } = stage();
  const done = job({ id: 'd', state: 'succeeded' });
  panel.queue.put(done);
  host.refuse('DELETE jobs/d', problem('not_possible_now'));
  await panel.remove(done);
  expect(panel.queue.jobs.has('d')).toBe(true);
  host.answer('DELETE jobs/d', { removed: true });
  await panel.remove(done);
  expect(panel.queue.jobs.has('d')).toBe(false);
});

describe('actOnAll', () => {
  const rows = [
    job({ id: 'waits' }),
    job({ id: 'runs', state: 'running' }),
    job({ id: 'checks', state: 'verifying' }),
    job({ id: 'rests', state: 'paused' }),
    job({ id: 'asks', state: 'review' }),
    job({ id: 'done', state: 'succeeded' }),
    batch({ id: 'batch', state: 'running' }),
  ];

  it.each([
    ['pause', ['waits', 'runs', 'checks']],
    ['resume', ['rests']],
  ] as const)('to %s reaches %j', async (action, wanted) => {
    const { host, panel } = stage();
    for (const row of rows) panel.queue.put(row);
    for (const row of rows) host.answer(`POST jobs/${row.id}/${action}`, row);
    await panel.actOnAll(action);
    expect(host.requests.map(({ route }) => route)).toEqual(wanted.map((id) => `POST jobs/${id}/${action}`));
  });
});

describe('keepBoth', () => {
  const failed = job({ id: 'f', state: 'failed', relative: 'sub/ae.safetensors' });

  it('fetches again under another name, then takes the failure off the list', async () => {
    const { host, panel } = stage();
    panel.queue.put(failed);
    host.answer('GET jobs/f', detail(failed, { url: 'https://huggingface.co/ae' }));
    host.answer('POST jobs', { job: job({ id: 'new' }) });
    host.answer('DELETE jobs/f', {});
    await panel.keepBoth(failed);
    expect(host.sent('POST jobs')[0]!.body).toEqual({
      url: 'https://huggingface.co/ae',
      category: 'vae',
      root: '/models/vae',
      name: 'sub/ae.safetensors',
      collision: 'suffix',
    });
    expect([...panel.queue.jobs.keys()]).toEqual(['new']);
  });

  it('keeps the failure where the other cannot be fetched', async () => {
    const { host, panel } = stage();
    panel.queue.put(failed);
    host.answer('GET jobs/f', detail(failed));
    host.refuse('POST jobs', problem('destination_busy'));
    await panel.keepBoth(failed);
    expect(panel.queue.jobs.has('f')).toBe(true);
    expect(host.sent('DELETE jobs/f')).toEqual([]);
  });
});

describe('start', () => {
  it('follows the server, and keeps the badge, the clock and the theme', async () => {
    const { host, panel } = stage(new FakeHost({ push: true }));
    host.answer('GET jobs', ({ query }: { query: URLSearchParams }) =>
      jobList(query.get('order') === 'queue' ? [job()] : []),
    );
    panel.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(host.badge).toBe('1');
    expect(panel.ui.now).toBe(NOON + 1_000);
    expect(panel.session.health.value).toEqual(HEALTH);
    host.turn('light');
    expect(panel.ui.light).toBe(true);
  });

  it('begins once, and leaves nothing running when it is stopped', async () => {
    const { host, panel } = stage(new FakeHost({ push: true }));
    panel.start();
    panel.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(host.sent('GET health')).toHaveLength(1);
    panel.stop();
    expect(vi.getTimerCount()).toBe(0);
    panel.queue.put(job());
    host.turn('light');
    expect(host.badge).toBeNull();
    expect(panel.ui.light).toBe(false);
  });

  it('can begin again', async () => {
    const { host, panel } = stage(new FakeHost({ push: true }));
    panel.start();
    panel.stop();
    panel.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(host.isPushing).toBe(true);
  });
});
