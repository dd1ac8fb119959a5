import { describe, expect, it } from 'vitest';

import { browserMemory } from './memory';

function storage(given: Partial<Storage>): Storage {
  return given as Storage;
}

describe('the memory of a browser', () => {
  it('has names of its own in what the page shares', () => {
    const kept = new Map<string, string>();
    const memory = browserMemory(
      storage({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }),
    );
    memory.write('library', 'list');
    expect([...kept]).toEqual([['modelKeeper.library', 'list']]);
    expect(memory.read('library')).toBe('list');
    expect(memory.read('other')).toBeNull();
  });

  it('is empty where nothing may be kept', () => {
    const refuse = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const memory = browserMemory(storage({ getItem: refuse, setItem: refuse }));
    memory.write('library', 'list');
    expect(memory.read('library')).toBeNull();
  });
});
