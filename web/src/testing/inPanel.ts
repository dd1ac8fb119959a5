import { mount } from '@vue/test-utils';
import { defineComponent, h, shallowRef, type Component } from 'vue';

import { MENU_TARGET } from '../components/base/useFloating';
import { useKeptFocus } from '../components/useKeptFocus';
import { PANEL } from '../components/usePanel';
import { createPanel, type Panel } from '../stores/panel';
import { FakeHost } from './FakeHost';

/** A component as it stands in a panel: in the panel's root, which stands in the page. */
export function inPanel(
  component: Component,
  props: Record<string, unknown> = {},
  panel: Panel = createPanel(new FakeHost()),
) {
  const root = defineComponent({
    setup() {
      const frame = shallowRef<HTMLElement | null>(null);
      useKeptFocus(frame);
      return () => h('div', { ref: frame, class: 'mk-root' }, h(component, props));
    },
  });
  return mount(root, {
    attachTo: document.body,
    global: { provide: { [PANEL as symbol]: panel, [MENU_TARGET as symbol]: document.body } },
  });
}
