import { describe, expect, it } from 'vitest';

import { createDurationFormat } from './duration';

const units = { days: '{n} d', hours: '{n} h', minutes: '{n} min', seconds: '{n} s' };
const { duration, countdown } = createDurationFormat('en', units);

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [-3, '0 s'],
    [35, '35 s'],
    [59.6, '1 min'],
    [89, '1 min'],
    [3_599, '1 h'],
    [7_800, '2 h 10 min'],
    [86_399, '1 d'],
    [100_800, '1 d 4 h'],
  ])('%d s is written %s', (seconds, text) => {
    expect(duration(seconds).replaceAll('\u00a0', ' ')).toBe(text);
  });

  it('does not break', () => {
    expect(duration(7_800)).not.toContain(' ');
  });
});

describe('countdown', () => {
  it.each([
    [42, '0:42'],
    [41.2, '0:42'],
    [60, '1:00'],
    [3_725, '1:02:05'],
    [-1, '0:00'],
  ])('%d s is written %s', (seconds, text) => {
    expect(countdown(seconds)).toBe(text);
  });

  it('uses the digits of the locale', () => {
    expect(createDurationFormat('fa', units).countdown(42)).toContain('۰:۴۲');
  });
});
