import { describe, expect, it } from 'vitest';

import { createWhenFormat } from './when';

const now = new Date(2025, 10, 20, 15, 30);
const when = createWhenFormat('en-GB');

describe('when', () => {
  it.each([
    ['today', new Date(2025, 10, 20, 14, 2), '14:02'],
    ['just after midnight', new Date(2025, 10, 20, 0, 1), '00:01'],
    ['yesterday, though less than a day ago', new Date(2025, 10, 19, 23, 50), 'Wednesday'],
    ['six days ago', new Date(2025, 10, 14, 1, 0), 'Friday'],
    ['a week ago', new Date(2025, 10, 13, 23, 0), '13 November'],
    ['two weeks ahead', new Date(2025, 11, 4, 9, 0), '4 December'],
    ['another year', new Date(2024, 11, 4), '4 December 2024'],
  ])('%s', (_, moment, text) => {
    expect(when(moment, now)).toBe(text);
  });
});
