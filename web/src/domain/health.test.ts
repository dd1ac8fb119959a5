import { describe, expect, it } from 'vitest';

import type { TodoKind } from '../api/healthTypes';
import { recommendation } from '../testing/samples';
import { inOrder, scoreOf, together } from './health';

const found = (kind: TodoKind, count: number) =>
  recommendation({ code: kind, count, action: { kind, query: null } });

describe('scoreOf', () => {
  it('is 100 where nothing is to do', () => {
    expect(scoreOf([], 3_912)).toEqual({ points: 100, dearest: null });
  });

  it('names what costs most', () => {
    const all = [found('broken', 2), found('updates', 9), found('duplicates', 4)];
    expect(scoreOf(all, 3_912)).toEqual({ points: 85, dearest: { kind: 'broken', points: 6 } });
  });

  it('costs the share of all files where one of many does not matter', () => {
    expect(scoreOf([found('metadata', 50)], 100).points).toBe(92);
    expect(scoreOf([found('metadata', 50)], 1_000).points).toBe(99);
  });

  it('costs a point at least, and never more than a kind may', () => {
    expect(scoreOf([found('hash', 1)], 100_000).points).toBe(99);
    expect(scoreOf([found('broken', 500)], 500).points).toBe(70);
  });

  it('counts a kind once, however many rows tell of it', () => {
    expect(scoreOf([found('metadata', 50), found('metadata', 50)], 100).points).toBe(85);
  });

  it('does not fail where no file is known', () => {
    expect(scoreOf([found('previews', 3)], 0).points).toBe(90);
  });
});

describe('inOrder', () => {
  it('has what hurts most first, then what concerns most files', () => {
    const all = [found('hash', 640), found('metadata', 3), found('metadata', 9), found('broken', 1)];
    expect(inOrder(all).map(({ code, count }) => [code, count])).toEqual([
      ['broken', 1],
      ['metadata', 9],
      ['metadata', 3],
      ['hash', 640],
    ]);
  });
});

describe('together', () => {
  it('makes one row of what is done in one go', () => {
    const row = (category: string, count: number, missing = {}) =>
      recommendation({ code: 'metadata_incomplete', category, count, missing });
    const [all, ...others] = together([row('loras', 37, { base_model: 7 }), row('vae', 2, { base_model: 1, source: 2 })]);
    expect(others).toEqual([]);
    expect(all).toMatchObject({ category: null, count: 39, missing: { base_model: 8, source: 2 } });
  });

  it('leaves alone what is done by itself', () => {
    const low = (path: string) => recommendation({ code: 'space_low', path, bytes: 1 });
    const one = recommendation({ code: 'metadata_incomplete', category: 'loras' });
    expect(together([low('C:'), low('D:'), one])).toEqual([low('C:'), low('D:'), one]);
  });
});
