import type { App } from 'vue';

import { offerBridge } from './hosts/builtin-buttons';
import { BUILT_IN, TAB, comfyHost } from './hosts/comfyui';
import type { ComfyApi, ComfyApp, NodeRegistry } from './hosts/comfyui-app';
import { Canvas } from './hosts/comfyui-canvas';
import { createPanel, type Panel } from './stores/panel';

/** This script lies in `extensions/<any name>/`; ComfyUI's own two folders above, also on a sub-path. */
const here = new URL(/* @vite-ignore */ '.', import.meta.url).href;
const scripts = `${here}../../scripts`;
const { app } = (await import(/* @vite-ignore */ `${scripts}/app.js`)) as { app: ComfyApp };
const { api } = (await import(/* @vite-ignore */ `${scripts}/api.js`)) as { api: ComfyApi };

const page = window as { LiteGraph?: NodeRegistry };
const canvas = new Canvas(app, () => page.LiteGraph);
let panel: Panel | undefined;
let shown: App | undefined;
let withdraw: () => void = () => undefined;

/**
 * One shadow root an element; the host may ask for the same one again. What paints is fetched when
 * the tab is opened for the first time, so that ComfyUI's page does not wait for it.
 */
async function render(element: HTMLElement): Promise<void> {
  element.style.height = '100%';
  if (!panel || element.shadowRoot) return;
  const shadow = element.attachShadow({ mode: 'open' });
  const { adoptStyles, floorIn, mount } = await import('./mount');
  if (!element.isConnected) return; // closed again in the meantime
  adoptStyles(shadow);
  const root = shadow.appendChild(document.createElement('div'));
  root.style.height = '100%';
  const layer = document.body.appendChild(document.createElement('div'));
  const above = layer.attachShadow({ mode: 'open' });
  adoptStyles(above);
  shown = mount(panel, root, floorIn(above));
  shown.onUnmount(() => layer.remove());
}

function offer(allowed: boolean): void {
  withdraw();
  withdraw = () => undefined;
  if (!allowed || !panel) return;
  const { client, queue, attempt } = panel;
  withdraw = offerBridge(window as never, async ({ url, name, directory }) => {
    const accepted = await attempt(() => client.fetchModels([{ url, name, directory }]));
    if (!accepted?.job) throw new Error('the download was refused');
    queue.put(accepted.job);
  });
}

app.registerExtension({
  name: 'ModelKeeper',
  settings: [
    {
      id: BUILT_IN,
      name: 'Let the built-in missing-model buttons use Model Keeper',
      type: 'boolean',
      defaultValue: false,
      category: ['Model Keeper', 'General', 'BuiltInButtons'],
      onChange: (value) => offer(value === true),
    },
  ],
  setup() {
    panel = createPanel(comfyHost(app, api, here, canvas));
    app.extensionManager.registerSidebarTab({
      id: TAB,
      title: 'Model Manager',
      tooltip: 'Model Keeper',
      icon: 'pi pi-box',
      type: 'custom',
      render: (element) => void render(element),
      destroy() {
        shown?.unmount();
        shown = undefined;
      },
    });
    panel.start();
    offer(app.extensionManager.setting.get(BUILT_IN) === true);
  },
  afterConfigureGraph: () => canvas.changed(),
});
