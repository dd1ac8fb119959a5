import { describe, expect, it, onTestFinished } from 'vitest';

import { Client } from '../api/client';
import { MaintenanceApi } from '../api/maintenance';
import { FakeHost } from '../testing/FakeHost';
import { changes, jobList, news } from '../testing/samples';
import { createNews } from './news';
import { createQueue } from './queue';

async function stage(...there: ReturnType<typeof news>[]) {
  const host = new FakeHost();
  host.answer('GET notifications', { items: there, next: null, total: there.length, unread: there.length });
  host.answer('GET events', changes({ since: 1, next: 1 }));
  host.answer('GET jobs', jobList());
  const client = new Client(host.send, host.tokens);
  const queue = createQueue(client, () => 0);
  await queue.load();
  const told = createNews(new MaintenanceApi(client), queue);
  onTestFinished(told.follow());
  await told.load();
  return { host, queue, told };
}

describe('what happened', () => {
  it('comes with the changes, the newest first', async () => {
    const { queue, told } = await stage(news({ id: '1', at: 1 }));
    const fresh = [news({ id: '2', at: 2 }), news({ id: '3', at: 3 })];
    queue.apply(changes({ since: 1, next: 2, notifications: fresh, unread: 3 }));
    expect(told.list.value.value).toMatchObject({ total: 3, unread: 3 });
    expect(told.list.value.value.items.map(({ id }) => id)).toEqual(['3', '2', '1']);
  });

  it('is told once, with its newest facts', async () => {
    const { queue, told } = await stage(news({ id: '1', data: { times: 1 } }));
    const again = news({ id: '1', data: { times: 2 } });
    queue.apply(changes({ since: 1, next: 2, notifications: [again], unread: 1 }));
    expect(told.list.value.value.items).toEqual([again]);
    expect(told.list.value.value.total).toBe(1);
  });

  it('asks for attention where it is more than information', async () => {
    const { queue, told } = await stage(news({ id: '1', level: 'error' }));
    expect(told.latest.value).toBeNull();
    queue.apply(changes({ since: 1, next: 2, notifications: [news({ id: '2' })], unread: 2 }));
    expect(told.latest.value).toBeNull();
    const bad = news({ id: '3', level: 'error' });
    queue.apply(changes({ since: 2, next: 3, notifications: [bad], unread: 3 }));
    expect(told.latest.value?.id).toBe('3');
  });

  it('is read when the server says so', async () => {
    const { host, told } = await stage(news({ id: '1' }));
    host.answer('POST notifications/read', { unread: 0 });
    await told.readAll();
    expect(told.list.value.value).toMatchObject({ unread: 0, items: [{ read: true }] });
  });
});
