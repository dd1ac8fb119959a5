import { standaloneHost } from './hosts/standalone';
import { createPanel } from './stores/panel';

const panel = createPanel(standaloneHost(window));
panel.start();

const { adoptStyles, floorIn, mount } = await import('./mount');
adoptStyles(document);
const root = document.querySelector<HTMLElement>('#model-keeper');
if (root) mount(panel, root, floorIn(document.body));
