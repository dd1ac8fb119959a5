import { describe, expect, it } from 'vitest';

import { exposureOf, type PreviewPolicy } from './exposure';

const policy: PreviewPolicy = { limit: 2, above: 'blur', unknown: 'show', private: false };

describe('exposureOf', () => {
  it.each([
    [1, 'show'],
    [2, 'show'],
    [3, 'show'],
    [4, 'blur'],
    [28, 'blur'],
    [null, 'show'],
    [0, 'show'],
  ])('a picture rated %s', (level, expected) => {
    expect(exposureOf(level, policy)).toBe(expected);
  });

  it('does with strong ones and with unrated ones what is wished', () => {
    expect(exposureOf(16, { ...policy, above: 'hide' })).toBe('hide');
    expect(exposureOf(null, { ...policy, unknown: 'blur' })).toBe('blur');
  });

  it('shows nothing in private, and what is hidden stays so', () => {
    expect(exposureOf(1, { ...policy, private: true })).toBe('blur');
    expect(exposureOf(16, { ...policy, above: 'hide', private: true })).toBe('hide');
  });
});
