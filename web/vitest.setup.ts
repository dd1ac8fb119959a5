import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach } from 'vitest';

/** jsdom has no layout, so nothing is ever resized; a test that needs it stubs its own. */
class StillResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

globalThis.ResizeObserver = StillResizeObserver;

enableAutoUnmount(afterEach);
