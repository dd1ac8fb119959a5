import { describe, expect, it } from 'vitest';

import type { When } from '../api/healthTypes';
import { schedule } from '../testing/samples';
import { chosenOf, freeName, whenOf } from './schedule';

describe('a rule and its form', () => {
  it.each<When>([
    { kind: 'start' },
    { kind: 'idle' },
    { kind: 'interval', minutes: 90 },
    { kind: 'cron', cron: '0 3 * * *' },
    { kind: 'cron', cron: '30 22 * * 5' },
    { kind: 'cron', cron: '*/15 8-18 * * 1-5' },
  ])('%j goes there and back', (when) => {
    expect(whenOf(chosenOf(when))).toEqual(when);
  });

  it('knows the rows of a table that have a simple form', () => {
    expect(chosenOf({ kind: 'cron', cron: '5 3 * * *' })).toMatchObject({ kind: 'daily', time: '03:05' });
    expect(chosenOf({ kind: 'cron', cron: '0 23 * * 6' })).toMatchObject({ kind: 'weekly', time: '23:00', weekday: 6 });
    expect(chosenOf({ kind: 'cron', cron: '0 3 1 * *' })).toMatchObject({ kind: 'cron', cron: '0 3 1 * *' });
  });

  it.each([
    ['daily', { time: '24:00' }],
    ['weekly', { time: '' }],
    ['interval', { minutes: 0 }],
    ['interval', { minutes: Number.NaN }],
    ['cron', { cron: 'every night' }],
  ] as const)('takes no %s of %j', (kind, typed) => {
    expect(whenOf({ ...chosenOf({ kind: 'start' }), kind, ...typed })).toBeNull();
  });
});

it('gives a new schedule a name that none has', () => {
  expect(freeName('hash', [])).toBe('hash');
  expect(freeName('hash', [schedule({ name: 'hash' }), schedule({ name: 'hash-2' })])).toBe('hash-3');
});
