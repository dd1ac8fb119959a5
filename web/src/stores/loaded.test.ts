import { describe, expect, it } from 'vitest';

import { ApiError } from '../api/client';
import { problem } from '../testing/samples';
import { createLoaded } from './loaded';

describe('createLoaded', () => {
  it('says that it waits, then what came', async () => {
    const { value, state, load } = createLoaded(() => Promise.resolve(7), 0);
    const loading = load();
    expect([value.value, state.busy, state.loaded]).toEqual([0, true, false]);
    await loading;
    expect([value.value, state.busy, state.loaded]).toEqual([7, false, true]);
  });

  it('keeps what it knows where the server refuses, and forgets the refusal later', async () => {
    let refuses = false;
    const read = () =>
      refuses ? Promise.reject(new ApiError(problem('index_unusable'), 503)) : Promise.resolve(7);
    const { value, state, load } = createLoaded(read, 0);
    await load();
    refuses = true;
    await load();
    expect([value.value, state.problem?.code, state.busy]).toEqual([7, 'index_unusable', false]);
    refuses = false;
    await load();
    expect(state.problem).toBeNull();
  });

  it('lets the answer to an older question not win', async () => {
    const answers: ((value: string) => void)[] = [];
    const { value, state, load } = createLoaded(() => new Promise<string>((come) => answers.push(come)), '');
    const all = [load(), load()];
    answers[1]!('new');
    answers[0]!('old');
    await Promise.all(all);
    expect([value.value, state.busy]).toEqual(['new', false]);
  });

  it('throws a fault of ours on', async () => {
    const { load } = createLoaded(() => Promise.reject(new TypeError('a fault')), 0);
    await expect(load()).rejects.toThrow('a fault');
  });
});
