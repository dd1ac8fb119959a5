import { createApp } from 'vue';

import { app } from '/scripts/app.js';

import App from './App.vue';
import { adoptStyles } from './styles/adopt';

const TITLE = 'Model Keeper';

app.registerExtension({
  name: 'ModelKeeper',
  setup() {
    app.extensionManager.registerSidebarTab({
      id: 'model-keeper',
      title: TITLE,
      icon: 'pi pi-box',
      type: 'custom',
      render(element) {
        element.style.height = '100%';
        const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
        if (root.childElementCount > 0) return;
        adoptStyles(root);
        const mount = root.appendChild(document.createElement('div'));
        mount.style.height = '100%';
        createApp(App, { title: TITLE }).mount(mount);
      },
    });
  },
});
