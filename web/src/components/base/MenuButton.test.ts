import { mount } from '@vue/test-utils';
import { nextTick } from 'vue';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import MenuButton from './MenuButton.vue';
import type { ListItem } from './listItem';
import { MENU_TARGET } from './useFloating';

const items: ListItem[] = [
  { id: 'pause', label: 'Pause', hint: 'Space' },
  { id: 'open', label: 'Open the page', disabled: true },
  { id: 'report', label: 'Copy report' },
  { id: 'cancel', label: 'Cancel', danger: true, startsGroup: true },
];

let layer: HTMLElement;
const outerKeys = vi.fn();

beforeEach(() => {
  layer = document.createElement('div');
  document.body.replaceChildren(layer);
  layer.addEventListener('keydown', outerKeys);
  outerKeys.mockClear();
});

function mounted() {
  return mount(MenuButton, {
    props: { label: 'More', items },
    attachTo: document.body,
    global: { provide: { [MENU_TARGET as symbol]: layer } },
  });
}

const menu = () => layer.querySelector('[role=menu]');
const focused = () => document.activeElement?.querySelector('bdi')?.textContent;

async function press(key: string, init: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  document.activeElement?.dispatchEvent(event);
  await nextTick();
  return event;
}

async function opened() {
  const button = mounted();
  await button.get('button').trigger('click');
  return button;
}

describe('MenuButton', () => {
  it('opens in the layer given, with the focus on the first item', async () => {
    const button = await opened();
    expect(menu()?.getAttribute('aria-label')).toBe('More');
    expect(button.get('button').attributes('aria-expanded')).toBe('true');
    expect(focused()).toBe('Pause');
  });

  it.each([
    ['ArrowDown', {}],
    ['F10', { shiftKey: true }],
    ['ContextMenu', {}],
  ])('opens by %s', async (key, init) => {
    const button = mounted();
    button.get('button').element.focus();
    await press(key, init);
    expect(menu()).not.toBeNull();
  });

  it('stays shut on F10 alone', async () => {
    mounted().get('button').element.focus();
    await press('F10');
    expect(menu()).toBeNull();
  });

  it('moves by arrow keys, round the ends', async () => {
    await opened();
    const order = [];
    for (const key of [
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowDown',
      'ArrowUp',
      'Home',
      'End',
    ]) {
      await press(key);
      order.push(focused());
    }
    expect(order).toEqual([
      'Open the page',
      'Copy report',
      'Cancel',
      'Pause',
      'Cancel',
      'Pause',
      'Cancel',
    ]);
  });

  it('goes to the next item with the letter typed', async () => {
    await opened();
    await press('c');
    expect(focused()).toBe('Copy report');
    await press('c');
    expect(focused()).toBe('Cancel');
    await press('z');
    expect(focused()).toBe('Cancel');
  });

  it('gives out the item chosen, closes and takes the focus back', async () => {
    const button = await opened();
    layer.querySelector<HTMLElement>('[data-id=report]')!.click();
    await nextTick();
    expect(button.emitted('choose')).toEqual([['report']]);
    expect(menu()).toBeNull();
    expect(document.activeElement).toBe(button.get('button').element);
  });

  it('does nothing on a disabled item', async () => {
    const button = await opened();
    const item = layer.querySelector<HTMLElement>('[data-id=open]')!;
    expect(item.getAttribute('aria-disabled')).toBe('true');
    item.click();
    expect(button.emitted('choose')).toBeUndefined();
  });

  it('closes on Escape, which goes no further', async () => {
    const button = await opened();
    await press('Escape');
    expect(menu()).toBeNull();
    expect(document.activeElement).toBe(button.get('button').element);
    expect(outerKeys).not.toHaveBeenCalled();
  });

  it('closes on a press elsewhere and leaves the focus there', async () => {
    const button = await opened();
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true, composed: true }));
    await nextTick();
    expect(menu()).toBeNull();
    expect(document.activeElement).not.toBe(button.get('button').element);
  });

  it('stays open on a press inside, and closes when what is behind it scrolls', async () => {
    await opened();
    layer.querySelector('[data-id]')!.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await nextTick();
    expect(menu()).not.toBeNull();
    document.body.dispatchEvent(new Event('scroll'));
    await nextTick();
    expect(menu()).toBeNull();
  });

  it('can be opened by the row that it is in', async () => {
    const button = mounted();
    button.vm.open();
    await nextTick();
    expect(menu()).not.toBeNull();
  });

  it('leaves no listener behind', async () => {
    const added = vi.spyOn(document, 'addEventListener');
    const removed = vi.spyOn(document, 'removeEventListener');
    const own = (spy: typeof added | typeof removed) =>
      spy.mock.calls.filter(([event]) => event === 'pointerdown' || event === 'scroll');
    const button = await opened();
    button.unmount();
    expect(own(added)).toHaveLength(2);
    expect(own(removed)).toEqual(own(added));
  });
});
