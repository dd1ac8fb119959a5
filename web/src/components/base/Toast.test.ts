import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import Toast from './Toast.vue';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function mounted() {
  return mount(Toast, {
    props: { text: '5 files in the trash', dismissLabel: 'Dismiss', action: 'Undo' },
  });
}

describe('Toast', () => {
  it('leaves after 8 seconds', () => {
    const toast = mounted();
    vi.advanceTimersByTime(7_999);
    expect(toast.emitted('dismiss')).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(toast.emitted('dismiss')).toHaveLength(1);
  });

  it.each([
    ['pointerenter', 'pointerleave'],
    ['focusin', 'focusout'],
  ])('stays between %s and %s, then has its 8 seconds again', async (comes, goes) => {
    const toast = mounted();
    await toast.trigger(comes);
    vi.advanceTimersByTime(60_000);
    expect(toast.emitted('dismiss')).toBeUndefined();
    await toast.trigger(goes);
    vi.advanceTimersByTime(8_000);
    expect(toast.emitted('dismiss')).toHaveLength(1);
  });

  it('has its 8 seconds again with another text', async () => {
    const toast = mounted();
    vi.advanceTimersByTime(7_000);
    await toast.setProps({ text: '6 files in the trash' });
    vi.advanceTimersByTime(7_000);
    expect(toast.emitted('dismiss')).toBeUndefined();
  });

  it('gives out its action and its dismissal', async () => {
    const toast = mounted();
    await toast.get('.btn').trigger('click');
    await toast.get('[aria-label=Dismiss]').trigger('click');
    expect(toast.emitted()).toMatchObject({ action: [[]], dismiss: [[]] });
  });

  it('does not speak up after it is gone', () => {
    const toast = mounted();
    toast.unmount();
    vi.advanceTimersByTime(60_000);
    expect(toast.emitted('dismiss')).toBeUndefined();
  });
});
