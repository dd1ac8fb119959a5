import { flushPromises } from '@vue/test-utils';
import { defineComponent, h, reactive, type VNode } from 'vue';
import { describe, expect, it } from 'vitest';

import { inPanel } from '../testing/inPanel';

/** A button above two lists, whose rows have a button each. */
async function stage() {
  const state = reactive({ first: ['a', 'b', 'c'], second: ['d'], can: true });
  const row = (name: string): VNode =>
    h('article', { key: name, tabindex: 0, 'data-name': name }, [
      h('button', { key: String(state.can), 'data-name': `do ${name}`, disabled: name === 'b' && !state.can }),
    ]);
  const list = defineComponent({
    render: () => [
      h('header', [h('button', { 'data-name': 'top' })]),
      h('section', state.first.map(row)),
      h('section', state.second.map(row)),
    ],
  });
  const panel = inPanel(list);
  await flushPromises();
  const at = (): string | undefined => (document.activeElement as HTMLElement).dataset['name'];
  const focus = (name: string): void => panel.get<HTMLElement>(`[data-name="${name}"]`).element.focus();
  const change = async (wanted: Partial<typeof state>): Promise<void> => {
    Object.assign(state, wanted);
    await flushPromises();
  };
  return { panel, at, focus, change };
}

describe('the focus of a row that is taken away', () => {
  it('goes to the one that took its place', async () => {
    const { at, focus, change } = await stage();
    focus('b');
    await change({ first: ['a', 'c'] });
    expect(at()).toBe('c');
  });

  it('goes to the last one where it was the last, and not to another list', async () => {
    const { at, focus, change } = await stage();
    focus('do c');
    await change({ first: ['a', 'b'] });
    expect(at()).toBe('b');
  });

  it('goes to another list where nothing is left of its own', async () => {
    const { at, focus, change } = await stage();
    focus('a');
    await change({ first: [] });
    expect(at()).toBe('d');
  });

  it('goes to what is left around it when no row is', async () => {
    const { at, focus, change } = await stage();
    focus('d');
    await change({ first: [], second: [] });
    expect(at()).toBe('top');
  });

  it('knows who is next after others have come and gone', async () => {
    const { at, focus, change } = await stage();
    focus('b');
    await change({ first: ['a', 'b', 'new', 'c'] });
    await change({ first: ['new', 'c'] });
    expect(at()).toBe('new');
  });
});

describe('the focus of a button', () => {
  it('goes to its row when it is replaced, or cannot be pressed any more', async () => {
    const { at, focus, change } = await stage();
    focus('do a');
    await change({ can: false });
    expect(at()).toBe('a');
  });

  it('is left alone where somebody has taken it elsewhere', async () => {
    const { at, focus, change } = await stage();
    focus('b');
    focus('top');
    await change({ first: ['a', 'c'] });
    expect(at()).toBe('top');
  });

  it('is not taken back from the page', async () => {
    const { focus, change } = await stage();
    focus('b');
    (document.activeElement as HTMLElement).blur();
    await flushPromises();
    await change({ first: ['a', 'c'] });
    expect(document.activeElement).toBe(document.body);
  });
});
