import type { Changes } from '../api/types';
import type { Canvas as ComfyCanvas } from './comfyui-canvas';
import type { ComfyApi, ComfyApp } from './comfyui-app';
import { recentOutputs } from './comfyui-outputs';
import type { Host } from './host';
import { browserMemory } from './memory';
import { saveFile } from './save-file';
import { browserTokens } from './tokens';

export const TAB = 'model-keeper';
export const BUILT_IN = 'modelKeeper.BuiltInButtons';

const PATH = '/model-manager/v1';
const EVENT = 'modelKeeper.jobs';
const TOGGLE = `Workspace.ToggleSidebarTab.${TAB}`;

/** The panel in ComfyUI's sidebar. `here` is the address of the folder this script was loaded from. */
export function comfyHost(app: ComfyApp, api: ComfyApi, here: string, canvas: ComfyCanvas): Host {
  const settings = app.extensionManager.setting;
  function locale(): string {
    const chosen = settings.get('Comfy.Locale');
    return typeof chosen === 'string' ? chosen : navigator.language;
  }
  function on(id: string, listener: () => void): () => void {
    app.ui.settings.addEventListener(`${id}.change`, listener);
    return () => app.ui.settings.removeEventListener(`${id}.change`, listener);
  }
  return {
    name: 'comfyui',
    tokens: browserTokens(location, localStorage),
    memory: browserMemory(localStorage),
    send: (path, init) => api.fetchApi(`${PATH}/${path}`, init),
    push(take, lost) {
      const listener = (event: CustomEvent): void => take(event.detail as Changes);
      api.addEventListener(EVENT, listener);
      api.addEventListener('reconnected', lost);
      return () => {
        api.removeEventListener(EVENT, listener);
        api.removeEventListener('reconnected', lost);
      };
    },
    locale,
    onLocale: (listener) => on('Comfy.Locale', () => listener(locale())),
    isLight: () => getComputedStyle(document.body).colorScheme === 'light',
    // the palette is painted after its setting has changed
    onTheme: (listener) => on('Comfy.ColorPalette', () => setTimeout(listener, 50)),
    setBadge(text) {
      const tab = app.extensionManager.getSidebarTabs().find((each) => each.id === TAB);
      if (tab) tab.iconBadge = text;
    },
    fullPage: new URL('index.html', here).href,
    close: () => void app.extensionManager.command.execute(TOGGLE),
    saveFile,
    canvas,
    outputs: () => recentOutputs(api),
    builtIn: {
      allowed: () => settings.get(BUILT_IN) === true,
      allow: (yes) => void settings.set(BUILT_IN, yes),
    },
  };
}
