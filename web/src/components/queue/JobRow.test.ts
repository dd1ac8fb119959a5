import { flushPromises } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';

import type { Job } from '../../api/types';
import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { NOON, changes, detail, job, live, problem } from '../../testing/samples';
import JobRow from './JobRow.vue';

function stage(given: Partial<Job> = {}) {
  const host = new FakeHost();
  const panel = createPanel(host);
  const it = job(given);
  host.answer(`GET jobs/${it.id}`, detail(it));
  const row = inPanel(JobRow, { job: it }, panel);
  const menu = async () => {
    await row.get('[aria-haspopup=menu]').trigger('click');
    return [...document.querySelectorAll<HTMLElement>('[role=menuitem]')];
  };
  return { host, panel, row, menu, buttons: () => row.findAll('.acts button, .acts a') };
}

const words = (items: HTMLElement[]) => items.map((item) => item.querySelector('bdi')?.textContent);
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('JobRow', () => {
  it('says its state in its name, by an icon with words, and not by colour alone', () => {
    const { row } = stage({ state: 'paused' });
    expect(row.get('article').attributes('aria-label')).toBe('ae.safetensors, Paused');
    expect(row.get('.st').attributes('title')).toBe('Paused');
    expect(row.get('.st').text()).toBe('Paused');
    expect(row.find('.st svg').exists()).toBe(true);
  });

  it('calls work that has no file by what it does', () => {
    const { row } = stage({ kind: 'scan', name: '', state: 'paused' });
    expect(row.get('article').attributes('aria-label')).toBe('Scan of the library, Paused');
  });

  it('has a bar with the bytes that are here', () => {
    const { row } = stage({ state: 'paused', bytes_done: 680 });
    expect(row.get('[role=progressbar]').attributes('aria-valuenow')).toBe('68');
    expect(plain(row.get('.l2').text())).toContain('0.68 of 1.00 kB');
    expect(stage().row.find('[role=progressbar]').exists()).toBe(false);
  });

  it('follows the live figures of its job', async () => {
    const { host, panel, row } = stage({ state: 'running' });
    host.answer('GET events', changes({ live: { j1: live({ bytes_per_second: 52_600_000 }) } }));
    await panel.queue.load();
    expect(plain(row.get('.l2').text())).toContain('52.6 MB/s');
    expect(row.get('[role=progressbar]').attributes('aria-valuenow')).toBe('40');
  });

  it.each([
    ['running', 'Pause', 'pause', 'paused'],
    ['paused', 'Continue', 'resume', 'pending'],
  ] as const)('of a %s job has the button %s', async (state, label, action, then) => {
    const { host, panel, row } = stage({ state });
    host.answer(`POST jobs/j1/${action}`, job({ state: then }));
    await row.get(`[aria-label=${label}]`).trigger('click');
    await flushPromises();
    expect(panel.queue.jobs.get('j1')?.state).toBe(then);
    expect(panel.ui.open).toBeNull();
  });

  it('has one button that helps, where a person is needed', async () => {
    const { panel, buttons } = stage({ state: 'failed', error: problem('hf_gated_login') });
    expect(buttons().map((button) => button.text() || button.attributes('aria-label'))).toEqual(['Set token', 'More']);
    await buttons()[0]!.trigger('click');
    expect(panel.ui.question).toEqual({ kind: 'token', provider: 'huggingface' });
    expect(panel.ui.open).toBeNull();
  });

  it('leads to the page where a licence is accepted', () => {
    const page = 'https://huggingface.co/o/r';
    const { buttons } = stage({ state: 'failed', page, error: problem('hf_gated_acceptance') });
    expect(buttons()[0]!.attributes('href')).toBe(page);
    expect(buttons()[0]!.text()).toBe('Accept licence');
  });

  it('never leads to an address that could run something here', () => {
    const error = problem('not_a_model', { details: { url: 'javascript:alert(1)' } });
    const { row, buttons } = stage({ state: 'failed', error });
    expect(row.find('a').exists()).toBe(false);
    expect(buttons()[0]!.text()).toBe('Try again');
  });

  it('tries again what failed', async () => {
    const { host, panel, buttons } = stage({ state: 'failed', error: problem('unreachable') });
    host.answer('POST jobs/j1/retry', job());
    await buttons()[0]!.trigger('click');
    await flushPromises();
    expect(panel.queue.jobs.get('j1')?.state).toBe('pending');
  });

  it('opens its details, and closes them again', async () => {
    const { host, panel, row } = stage({ state: 'running' });
    await row.get('article').trigger('click');
    await flushPromises();
    expect(panel.ui.open).toBe('j1');
    expect(host.sent('GET jobs/j1')).toHaveLength(1);
    expect(row.get('.exp').text()).toContain('/models/vae/ae.safetensors');
    await row.get('.exp').trigger('click');
    expect(panel.ui.open).toBe('j1');
    await row.get('article').trigger('click');
    expect(panel.ui.open).toBeNull();
    expect(row.find('.exp').exists()).toBe(false);
  });

  it('asks for the decision in its details, with the evidence', async () => {
    const { host, panel, row, buttons } = stage({ state: 'review', host: 'models.example' });
    host.answer('POST jobs/j1/approve', job());
    await buttons()[0]!.trigger('click');
    await flushPromises();
    expect(row.get('.ev').text()).toContain('It came from models.example');
    expect(row.get('.ev').text()).toContain('No published sha256');
    await row.get('.acl .pri').trigger('click');
    await flushPromises();
    expect(panel.queue.jobs.get('j1')?.state).toBe('pending');
  });
});

describe('its menu', () => {
  it('is opened by Shift+F10 on the row', async () => {
    const { row } = stage({ state: 'running' });
    await row.get('article').trigger('keydown', { key: 'F10', shiftKey: true });
    expect(document.querySelector('[role=menu]')).not.toBeNull();
  });

  it.each([
    [{ state: 'running' }, ['Pause', 'Copy path', 'Copy report', 'Cancel']],
    [{ state: 'failed', finished_at: NOON }, ['Try again', 'Copy path', 'Copy report', 'Take off the list']],
    [{ state: 'cancelled', finished_at: NOON, path: null }, ['Get again', 'Copy report', 'Take off the list']],
    [{ state: 'review' }, ['Keep and use', 'Discard', 'Copy path', 'Copy report', 'Cancel']],
    [
      { wait_reason: 'retry', run_after: NOON, page: 'https://a.example/' },
      ['Pause', 'Try now', 'Open its page', 'Copy path', 'Copy report', 'Cancel'],
    ],
    [{ state: 'running', control: 'cancel', path: null }, ['Copy report']],
  ] as const)('of %j has what can be done now', async (given, labels) => {
    const { menu } = stage(given);
    expect(words(await menu())).toEqual(labels);
  });

  it('takes a finished job off the list', async () => {
    const { host, panel, menu } = stage({ state: 'succeeded', finished_at: NOON });
    panel.queue.put(job());
    host.answer('DELETE jobs/j1', {});
    (await menu()).at(-1)!.click();
    await flushPromises();
    expect(panel.queue.jobs.size).toBe(0);
  });

  it.each([
    ['copies the path', 'path', '/models/vae/ae.safetensors'],
    ['copies a report', 'report', JSON.stringify(detail(job({ state: 'running' })), null, 1)],
  ])('%s', async (_, id, copied) => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    const { panel, menu } = stage({ state: 'running' });
    (await menu()).find((item) => item.dataset['id'] === id)!.click();
    await flushPromises();
    expect(writeText).toHaveBeenCalledExactlyOnceWith(copied);
    expect(panel.ui.notice?.text).toBe('Copied.');
  });

  it('says where the browser does not let it copy', async () => {
    vi.stubGlobal('navigator', {});
    const { panel, menu } = stage({ state: 'running' });
    (await menu()).find((item) => item.dataset['id'] === 'path')!.click();
    await flushPromises();
    expect(panel.ui.notice?.kind).toBe('warn');
  });
});
