import { inject, type InjectionKey } from 'vue';

import type { Panel } from '../stores/panel';

export const PANEL: InjectionKey<Panel> = Symbol('panel');

/** What is behind the panel that a component stands in. */
export function usePanel(): Panel {
  const panel = inject(PANEL);
  if (!panel) throw new Error('a component of the panel stands outside of it');
  return panel;
}
