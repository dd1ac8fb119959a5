import { createApp, type App } from 'vue';

import PanelFrame from './components/frame/PanelFrame.vue';
import type { Panel } from './stores/panel';

export { adoptStyles } from './styles/adopt';

/** Puts the panel into `root`; what floats goes into `floor`, which has to have the styles too. */
export function mount(panel: Panel, root: HTMLElement, floor: HTMLElement): App {
  const app = createApp(PanelFrame, { panel, menuTarget: floor });
  app.mount(root);
  return app;
}

/** A layer above everything for menus; it has no size of its own. */
export function floorIn(parent: ParentNode & Node): HTMLElement {
  const floor = document.createElement('div');
  floor.className = 'mk-root mk-layer';
  parent.appendChild(floor);
  return floor;
}
