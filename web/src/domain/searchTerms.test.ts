import { describe, expect, it } from 'vitest';

import { condition, isFilter, takeFilters, termsOf } from './searchTerms';

const texts = (text: string): string[] => termsOf(text).map((term) => term.text);

describe('termsOf', () => {
  it('reads words, phrases and conditions', () => {
    expect(texts('rain "two words" base:sdxl size>2GB')).toEqual([
      'rain',
      '"two words"',
      'base:sdxl',
      'size>2GB',
    ]);
  });

  it('keeps spaces and quotes within quotes', () => {
    expect(texts(String.raw`base:"SD \"XL\" 1.0" x`)).toEqual([String.raw`base:"SD \"XL\" 1.0"`, 'x']);
  });

  it('takes a quote that is never closed to the end', () => {
    expect(texts('tag:"soft light')).toEqual(['tag:"soft light']);
  });

  it('knows what a term is about, and what must not hold', () => {
    expect(termsOf('-Tag:anime')).toEqual([{ text: '-Tag:anime', key: 'tag', negated: true }]);
    expect(termsOf('-anime')).toEqual([{ text: '-anime', key: null, negated: true }]);
    expect(termsOf('-')).toEqual([{ text: '-', key: null, negated: false }]);
  });

  it('finds nothing in nothing', () => {
    expect(termsOf('   ')).toEqual([]);
  });
});

describe('isFilter', () => {
  it.each(['base:sdxl', '-anime', 'rating>=4', '-tag:"a b"'])('takes %s', (text) => {
    expect(termsOf(text).map(isFilter)).toEqual([true]);
  });

  it.each(['rain', '"two words"', 'base:', 'size>'])('leaves %s', (text) => {
    expect(termsOf(text).map(isFilter)).toEqual([false]);
  });
});

describe('takeFilters', () => {
  it('waits for the space behind a condition', () => {
    expect(takeFilters('base:sdxl')).toEqual({ filters: [], rest: 'base:sdxl' });
    expect(takeFilters('base:sdxl ')).toEqual({ filters: ['base:sdxl'], rest: '' });
  });

  it('leaves the words where they are', () => {
    expect(takeFilters('rain size>2GB city')).toEqual({ filters: ['size>2GB'], rest: 'rain city' });
    expect(takeFilters('rain size>2GB ')).toEqual({ filters: ['size>2GB'], rest: 'rain ' });
  });

  it('does not end a phrase at a space in it', () => {
    expect(takeFilters('tag:"soft ')).toEqual({ filters: [], rest: 'tag:"soft ' });
  });
});

describe('condition', () => {
  it.each([
    ['SDXL', 'base:SDXL'],
    ['SDXL 1.0', 'base:"SDXL 1.0"'],
    ['a "b"', String.raw`base:"a \"b\""`],
  ])('writes %s', (value, written) => {
    expect(condition('base', value)).toBe(written);
    expect(texts(written)).toEqual([written]);
  });
});
