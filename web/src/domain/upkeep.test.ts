import { describe, expect, it } from 'vitest';

import { batch, job, live } from '../testing/samples';
import { totalOf } from './jobs';
import { lookOf } from './look';
import { isUpkeep, reachOf } from './upkeep';

describe('upkeep', () => {
  it('is what brings no file', () => {
    const kinds = ['scan', 'hash', 'metadata', 'preview', 'change'] as const;
    expect(kinds.every((kind) => isUpkeep(job({ kind })))).toBe(true);
    expect([job(), batch(), job({ kind: 'remote' })].some(isUpkeep)).toBe(false);
  });

  it('counts models or bytes, or has no end that is known', () => {
    const reach = live({ bytes_done: 70, bytes_total: 112 });
    const running = (kind: 'metadata' | 'hash' | 'scan') =>
      job({ kind, state: 'running', bytes_total: null });
    expect(reachOf(running('metadata'), reach)).toEqual({ done: 70, total: 112, unit: 'models' });
    expect(reachOf(running('hash'), reach)).toEqual({ done: 70, total: 112, unit: 'bytes' });
    const endless = live({ bytes_done: 0, bytes_total: null });
    expect(reachOf(running('scan'), endless).total).toBeNull();
  });

  it('adds no models to the bytes of the queue', () => {
    const models = job({ id: 'm', kind: 'metadata', state: 'running', bytes_total: null });
    const rows = { m: live({ bytes_done: 70, bytes_total: 112, bytes_per_second: 3 }) };
    expect(totalOf([models], rows)).toMatchObject({ done: 0, total: 0, speed: 0, running: 1 });
  });

  it('is called what it does', () => {
    expect(lookOf(job({ kind: 'hash', state: 'running' })).word).toBe('health.working.hash');
    expect(lookOf(job({ state: 'running' })).word).toBe('state.running');
  });
});
