import type { Changes } from '../api/types';
import type { Host } from './host';
import { browserMemory } from './memory';
import { saveFile } from './save-file';
import { browserTokens } from './tokens';

const PATH = '/model-manager/v1';
const PROTOCOL = 'model-keeper';
const AGAIN_MS = 2_000;

/**
 * The panel on a page of its own: of our server, or of a ComfyUI that serves it among its
 * extensions. Everything is found from this page's own address, so a sub-path changes nothing.
 */
export function standaloneHost(page: Window): Host {
  const base = apiBase(page.location);
  const tokens = browserTokens(page.location, page.localStorage);
  const memory = browserMemory(page.localStorage);
  const light = page.matchMedia('(prefers-color-scheme: light)');
  const title = page.document.title;
  const host: Host = {
    name: 'standalone',
    tokens,
    memory,
    send: (path, init) => page.fetch(`${base.url}/${path}`, init),
    locale: () => memory.read('locale') ?? page.navigator.language,
    onLocale: () => () => undefined,
    isLight: () => light.matches,
    onTheme(listener) {
      light.addEventListener('change', listener);
      return () => light.removeEventListener('change', listener);
    },
    setBadge(text) {
      page.document.title = text ? `(${text}) ${title}` : title;
    },
    saveFile: (name, text) => saveFile(name, text, page.document),
  };
  if (base.hasSocket) {
    host.push = (take, lost) => socket(`${base.url}/ws`, () => tokens.read(), take, lost);
  }
  return host;
}

function apiBase(place: Location): { url: string; hasSocket: boolean } {
  const path = place.pathname;
  const inside = path.indexOf('/extensions/');
  if (inside >= 0) return { url: `${place.origin}${path.slice(0, inside)}/api${PATH}`, hasSocket: false };
  return { url: `${place.origin}${path.replace(/\/[^/]*$/, '')}${PATH}`, hasSocket: true };
}

/** Reconnects for ever; a new connection may have missed something. */
function socket(
  url: string,
  token: () => string,
  take: (changes: Changes) => void,
  lost: () => void,
): () => void {
  let ended = false;
  let current: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function open(): void {
    const protocols = token() ? [PROTOCOL, token()] : [PROTOCOL];
    current = new WebSocket(url.replace(/^http/, 'ws'), protocols);
    current.onopen = () => lost();
    current.onmessage = (event) => take(JSON.parse(String(event.data)) as Changes);
    current.onclose = () => {
      if (ended) return;
      lost();
      timer = setTimeout(open, AGAIN_MS);
    };
  }
  open();
  return () => {
    ended = true;
    clearTimeout(timer);
    current?.close();
  };
}
