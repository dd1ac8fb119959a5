import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';

import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { job, NOON, problem } from '../../testing/samples';
import JobNews from './JobNews.vue';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function stage() {
  const panel = createPanel(new FakeHost());
  panel.queue.put(job({ id: 'old', state: 'succeeded' }));
  const news = inPanel(JobNews, {}, panel);
  panel.queue.state.loaded = true;
  await nextTick();
  const put = async (...jobs: Parameters<typeof job>[0][]): Promise<void> => {
    for (const one of jobs) panel.queue.put(job({ updated_at: NOON, ...one }));
    await nextTick();
  };
  return { said: () => news.text(), put };
}

it('what is ready and what needs somebody is said, and nothing of what was so before', async () => {
  const { said, put } = await stage();
  expect(said()).toBe('');
  await put({ id: 'a', name: 'a.gguf', state: 'running' });
  expect(said()).toBe('');
  await put({ id: 'a', name: 'a.gguf', state: 'succeeded' });
  expect(said()).toBe('a.gguf: Ready');
});

it('is said once in ten seconds, the first few by name', async () => {
  const { said, put } = await stage();
  await put({ id: 'a', name: 'a', state: 'succeeded' });
  const failed = { state: 'failed', error: problem('unreachable') } as const;
  await put(...['b', 'c', 'd', 'e', 'f'].map((id) => ({ id, name: id, ...failed })));
  expect(said()).toBe('a: Ready');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(said()).toBe('b: Failed. c: Failed. d: Failed. 2 more');
});
