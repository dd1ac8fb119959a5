import { mount } from '@vue/test-utils';
import { defineComponent, h, type Component } from 'vue';

import { MENU_TARGET } from '../components/base/useFloating';
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
    render: () => h('div', { class: 'mk-root' }, h(component, props)),
  });
  return mount(root, {
    attachTo: document.body,
    global: { provide: { [PANEL as symbol]: panel, [MENU_TARGET as symbol]: document.body } },
  });
}
