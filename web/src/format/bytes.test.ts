import { describe, expect, it } from 'vitest';

import { createBytesFormat } from './bytes';

const english = createBytesFormat('en');
const spaced = (text: string) => text.replaceAll('\u00a0', ' ');

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [335_000_000, '335 MB'],
    [9_720_000_000, '9.72 GB'],
    [12_340_000_000, '12.3 GB'],
    [1_610_000_000_000, '1.61 TB'],
    [2e18, '2000 PB'],
  ])('%d is written %s', (bytes, text) => {
    expect(spaced(english.bytes(bytes)).replace(',', '')).toBe(text);
  });

  it.each([
    [9_994_000_000, '9.99 GB'],
    [9_996_000_000, '10.0 GB'],
    [99_960_000_000, '100 GB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1.00 GB'],
  ])('%d keeps three digits after rounding: %s', (bytes, text) => {
    expect(spaced(english.bytes(bytes))).toBe(text);
  });

  it('uses the separators of the locale', () => {
    expect(spaced(createBytesFormat('de').bytes(9.72e9))).toBe('9,72 GB');
    expect(spaced(createBytesFormat('fr').bytes(9.72e9))).toBe('9,72 Go');
  });

  it('never breaks between number and unit', () => {
    expect(english.bytes(9.72e9)).toBe('9.72\u00a0GB');
    expect(english.bytes(12)).toBe('12\u00a0B');
  });

  it('stays left to right among right-to-left words', () => {
    const text = createBytesFormat('fa').bytes(9.72e9);
    expect(text.startsWith('\u2066')).toBe(true);
    expect(text.endsWith('\u2069')).toBe(true);
  });
});

describe('bytesOf', () => {
  const of = (done: number, total: number) =>
    spaced(english.bytesOf(done, total, '{done} of {total}'));

  it('says both in the unit of the total, once', () => {
    expect(of(9.72e9, 14.3e9)).toBe('9.72 of 14.3 GB');
    expect(of(310e6, 14.3e9)).toBe('0.31 of 14.3 GB');
    expect(of(0, 14.3e9)).toBe('0 of 14.3 GB');
  });

  it('takes its words from the template', () => {
    const german = createBytesFormat('de');
    expect(spaced(german.bytesOf(9.72e9, 14.3e9, '{done} von {total}'))).toBe('9,72 von 14,3 GB');
  });
});

describe('speed', () => {
  it.each([
    [52_640_000, '52.6 MB/s'],
    [0, '0.0 MB/s'],
    [420_000, '0.4 MB/s'],
    [112_400_000, '112 MB/s'],
    [1_250_000_000, '1,250 MB/s'],
  ])('%d is written %s', (speed, text) => {
    expect(spaced(english.speed(speed))).toBe(text);
  });

  it('comes in two parts as well', () => {
    expect(english.speedParts(84_200_000)).toEqual({ value: '84.2', unit: 'MB/s' });
  });
});
