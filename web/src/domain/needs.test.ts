import { describe, expect, it } from 'vitest';

import { candidate, change, need, problem, relinkable } from '../testing/samples';
import { asRequest, asRequestFrom, changesOf, failuresOf, keyOf } from './needs';

it('tells needs of one name apart by their folder', () => {
  const keys = [need(), need({ category: 'loras' }), need({ category: null })].map(keyOf);
  expect(new Set(keys).size).toBe(3);
});

it('asks for a need as the workflow names it', () => {
  expect(asRequest(need())).toEqual({
    name: 'ae.safetensors',
    url: 'https://huggingface.co/ae.safetensors',
    directory: 'vae',
    sha256: null,
  });
});

describe('a chosen source', () => {
  it('brings the file under the name and into the folder that the workflow expects', () => {
    const source = candidate({ name: 'Other.safetensors', category: 'loras', sha256: 'ab' });
    expect(asRequestFrom(need({ name: 'sub/my.gguf' }), source)).toEqual({
      name: 'sub/my.gguf',
      url: source.url,
      directory: 'vae',
      sha256: 'ab',
    });
  });

  it('says the ending and the folder where the workflow does not', () => {
    const source = candidate({ name: 'Other.v1.safetensors', category: 'loras' });
    const bare = need({ name: 'style.v1', category: null });
    expect(asRequestFrom(bare, source)).toMatchObject({
      name: 'style.v1.safetensors',
      directory: 'loras',
    });
    expect(asRequestFrom(bare, candidate({ name: 'page' })).name).toBe('style.v1');
  });
});

it('changes every place once', () => {
  const [one, two] = [relinkable(), relinkable({ name: 'B/b.pt' })];
  expect(changesOf([one, one, two, need()])).toEqual([
    change({ old: 'SDXL/ae.safetensors' }),
    change({ old: 'B/b.pt' }),
  ]);
});

it('tells each cause of a failure once', () => {
  const [gone, busy] = [problem('unreachable'), problem('rate_limited')];
  const needs = [need({ failures: [gone, busy] }), need({ failures: [{ ...gone }] })];
  expect(failuresOf(needs)).toEqual([gone, busy]);
});
