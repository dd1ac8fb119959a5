import { describe, expect, it } from 'vitest';

import type { Job, Live } from '../api/types';
import { createTexts } from '../stores/texts';
import { FakeHost } from '../testing/FakeHost';
import { NOON, job, live, problem } from '../testing/samples';
import { lineOf } from './line';
import { STALLED_AFTER_MS } from './look';

const texts = createTexts(new FakeHost());

/** The line as it is read, with plain spaces. */
function read(given: Partial<Job>, now?: Live, stalledMs = 0): string[] {
  const line = lineOf(job(given), now, texts, { now: NOON, stalledMs });
  return [line.strong, line.text, line.end].map((part) => part.replaceAll('\u00a0', ' '));
}

const GB = { bytes_total: 14_300_000_000 };
const moving = live({ ...GB, bytes_done: 9_720_000_000, bytes_per_second: 52_600_000, seconds_left: 60 });

describe('lineOf', () => {
  it('has speed, time left and bytes of what runs', () => {
    const started = { state: 'running', started_at: NOON - 60_000 } as const;
    expect(read(started, moving)).toEqual(['52.6 MB/s', '· 1 min left', '9.72 of 14.3 GB']);
  });

  it('says no time left in the first seconds, nor where it is not known', () => {
    const young = { state: 'running', started_at: NOON - 5_000 } as const;
    expect(read(young, moving)).toEqual(['52.6 MB/s', '', '9.72 of 14.3 GB']);
    const old = { state: 'running', started_at: NOON - 60_000 } as const;
    expect(read(old, { ...moving, seconds_left: null })[1]).toBe('');
  });

  it('says no speed while nothing moves yet', () => {
    expect(read({ state: 'running', ...GB })).toEqual(['', 'Starting', '0 of 14.3 GB']);
    expect(read({ state: 'running' }, live({ bytes_per_second: 0 }))[1]).toBe('Starting');
  });

  it('says for how long nothing has come, instead of a speed', () => {
    const running = { state: 'running', started_at: NOON - 60_000 } as const;
    expect(read(running, moving, 25_400)).toEqual(['No bytes for 25 s', '', '9.72 of 14.3 GB']);
    expect(read(running, moving, STALLED_AFTER_MS - 1)[0]).toBe('52.6 MB/s');
  });

  it.each([
    ['verifying', ['Checking', 'sha256', '0.40 of 1.00 kB']],
    ['paused', ['Paused', 'by you', '0.40 of 1.00 kB']],
    ['succeeded', ['', 'Hugging Face · vae', '1.00 kB']],
    ['cancelled', ['', 'Cancelled', '0.40 of 1.00 kB']],
    ['pending', ['', 'Next', '0.40 of 1.00 kB']],
  ] as const)('of a %s job is %j', (state, line) => {
    expect(read({ state, bytes_done: 400 })).toEqual(line);
  });

  it('has the bytes alone where the whole is not known, and nothing before the first', () => {
    expect(read({ bytes_done: 400_000, bytes_total: null })[2]).toBe('400 kB');
    expect(read({ bytes_total: null })[2]).toBe('');
  });

  it('says what was wished while its worker has not got to it', () => {
    expect(read({ state: 'running', control: 'pause' }, moving)).toEqual(['Pausing', '', '9.72 of 14.3 GB']);
    expect(read({ state: 'verifying', control: 'cancel' })[0]).toBe('Cancelling');
  });

  it('says the cause of another attempt, when it is, and which one', () => {
    const error = problem('unknown_to_us', { message: 'Civitai is busy.' });
    const waits = { wait_reason: 'retry', run_after: NOON + 42_000, attempts: 2, error } as const;
    expect(read(waits)).toEqual(['', 'Civitai is busy. · again in 0:42', '2 of 8']);
    expect(read({ ...waits, run_after: NOON - 1, error: null })[1]).toBe('Next');
  });

  it('names the host that a person has to admit', () => {
    expect(read({ wait_reason: 'approval', host: 'models.example' })[1]).toBe(
      'The workflow wants it from models.example',
    );
  });

  it.each(['failed', 'review', 'pending'] as const)('says why, where a %s job has an error', (state) => {
    expect(read({ state, error: problem('unknown_to_us', { message: 'No room.' }) })[1]).toBe('No room.');
  });

  it('has nothing to say of a failure without an error', () => {
    expect(read({ state: 'failed' })).toEqual(['', '', '']);
  });
});
