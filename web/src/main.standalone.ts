import { createApp } from 'vue';

import App from './App.vue';
import { adoptStyles } from './styles/adopt';

adoptStyles(document);
createApp(App, { title: 'Model Keeper' }).mount('#model-keeper');
