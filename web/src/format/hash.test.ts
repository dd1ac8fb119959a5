import { expect, it } from 'vitest';

import { shortHash } from './hash';

it('keeps the first 8 and the last 4 characters of a hash', () => {
  expect(shortHash('3cf851d9'.padEnd(60, '0') + 'a91d')).toBe('3cf851d9…a91d');
});

it('leaves alone what would not become shorter', () => {
  expect(shortHash('3cf851d9a91d')).toBe('3cf851d9a91d');
});
