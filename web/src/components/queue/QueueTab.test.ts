import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';

import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { job, NOON } from '../../testing/samples';
import QueueTab from './QueueTab.vue';

async function stage(...ids: string[]) {
  const host = new FakeHost();
  const panel = createPanel(host);
  for (const id of ids) panel.queue.put(job({ id, name: `${id}.safetensors` }));
  const tab = inPanel(QueueTab, {}, panel);
  await flushPromises();
  const row = (id: string) => tab.get<HTMLElement>(`[data-job=${id}]`);
  const press = async (key: string): Promise<void> => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await flushPromises();
  };
  const focused = () => (document.activeElement as HTMLElement).dataset['job'];
  return { host, panel, tab, row, press, focused };
}

it('what is cancelled leaves the focus to the next job, and the last one to what is left', async () => {
  const { host, tab, row, press, focused } = await stage('a', 'b', 'c');
  for (const id of ['a', 'b', 'c']) {
    host.answer(`POST jobs/${id}/cancel`, job({ id, state: 'cancelled', finished_at: NOON, updated_at: NOON + 1 }));
  }
  row('b').element.focus();
  await press('Delete');
  expect(tab.findAll('[data-job]')).toHaveLength(2);
  expect(focused()).toBe('c');
  await press('Delete');
  expect(focused()).toBe('a');
  await press('Delete');
  expect(document.activeElement).toBe(tab.get('.finished button').element);
});
