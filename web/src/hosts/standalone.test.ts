import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Changes } from '../api/types';
import { changes } from '../testing/samples';
import { standaloneHost } from './standalone';

const fetched = vi.fn<(address: string, init: RequestInit) => Promise<Response>>();
let light: EventTarget & { matches: boolean };
let sockets: FakeSocket[];

class FakeSocket {
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: () => void = () => undefined;
  isClosed = false;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    sockets.push(this);
  }

  close(): void {
    this.isClosed = true;
    this.onclose();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  light = Object.assign(new EventTarget(), { matches: false });
  fetched.mockReset().mockResolvedValue(new Response('{}'));
  vi.stubGlobal('fetch', fetched);
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('matchMedia', () => light);
  localStorage.clear();
  document.title = 'Model Keeper';
});
afterEach(() => {
  vi.useRealTimers();
  history.replaceState(null, '', '/');
});

/** The panel on a page with this address, below the origin of the tests. */
function at(address: string) {
  history.replaceState(null, '', address);
  return standaloneHost(window);
}

async function asked(address: string): Promise<string> {
  await at(address).send('jobs?limit=1', { method: 'GET' });
  return fetched.mock.calls[0]![0];
}

describe('the API', () => {
  it.each([
    ['/', '/model-manager/v1/jobs?limit=1'],
    ['/index.html', '/model-manager/v1/jobs?limit=1'],
    ['/some/proxy/', '/some/proxy/model-manager/v1/jobs?limit=1'],
    ['/some/proxy/index.html?x=/y/', '/some/proxy/model-manager/v1/jobs?limit=1'],
    ['/extensions/keeper/index.html', '/api/model-manager/v1/jobs?limit=1'],
    ['/some/proxy/extensions/my%20clone/index.html', '/some/proxy/api/model-manager/v1/jobs?limit=1'],
  ])('of the page %s is at %s', async (page, api) => {
    expect(await asked(page)).toBe(location.origin + api);
  });

  it('gets the request as it is', async () => {
    const init = { method: 'POST', body: '{}' };
    await at('/').send('jobs', init);
    expect(fetched.mock.calls[0]![1]).toBe(init);
  });
});

describe('the token', () => {
  it('is taken from the address, kept, and out of the address', () => {
    const { tokens } = at('/proxy/?view=queue#token=s3cret');
    expect(tokens.read()).toBe('s3cret');
    expect(location.href).toBe(`${location.origin}/proxy/?view=queue`);
    expect(at('/proxy/').tokens.read()).toBe('s3cret');
  });

  it('is replaced by a newer one', () => {
    at('/#token=old');
    expect(at('/#token=new').tokens.read()).toBe('new');
    at('/').tokens.write('paired');
    expect(at('/').tokens.read()).toBe('paired');
  });

  it('is none at first, and another fragment stays', () => {
    expect(at('/#top').tokens.read()).toBe('');
    expect(location.hash).toBe('#top');
  });
});

describe('pushes', () => {
  function connected(address = '/') {
    const took: Changes[] = [];
    const lost = vi.fn();
    const stop = at(address).push!((pushed) => took.push(pushed), lost);
    return { took, lost, stop };
  }

  it('come through a socket beside the API', () => {
    connected('/some/proxy/');
    expect(sockets.map(({ url }) => url)).toEqual([
      `${location.origin.replace('http', 'ws')}/some/proxy/model-manager/v1/ws`,
    ]);
  });

  it('are asked for by name, with the token where there is one', () => {
    connected();
    expect(sockets[0]!.protocols).toEqual(['model-keeper']);
    connected('/#token=s3cret');
    expect(sockets[1]!.protocols).toEqual(['model-keeper', 's3cret']);
  });

  it('are taken as they come', () => {
    const { took } = connected();
    sockets[0]!.onmessage({ data: JSON.stringify(changes({ since: 3 })) });
    expect(took).toEqual([changes({ since: 3 })]);
  });

  it('connect again after two seconds, for ever, and each time something may be missed', () => {
    const { lost } = connected();
    sockets[0]!.onopen();
    expect(lost).toHaveBeenCalledTimes(1);
    for (const connection of [1, 2, 3]) {
      sockets.at(-1)!.onclose();
      vi.advanceTimersByTime(1_999);
      expect(sockets).toHaveLength(connection);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(connection + 1);
    }
    expect(lost).toHaveBeenCalledTimes(4);
  });

  it('use the token that has come in the meantime', () => {
    connected();
    sockets[0]!.onclose();
    localStorage.setItem('modelKeeper.token', 'paired');
    vi.advanceTimersByTime(2_000);
    expect(sockets[1]!.protocols).toEqual(['model-keeper', 'paired']);
  });

  it('end for good, also between two connections', () => {
    const first = connected();
    first.stop();
    expect(sockets[0]!.isClosed).toBe(true);
    const second = connected();
    sockets[1]!.onclose();
    second.stop();
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(2);
    expect(first.lost).not.toHaveBeenCalled();
  });

  it('are not there inside ComfyUI, whose own socket is for its own page', () => {
    expect('push' in at('/extensions/keeper/index.html')).toBe(false);
  });
});

describe('the page', () => {
  it('has the badge in its title', () => {
    const host = at('/');
    host.setBadge('3');
    expect(document.title).toBe('(3) Model Keeper');
    host.setBadge(null);
    expect(document.title).toBe('Model Keeper');
  });

  it('is light where the reader wants it so, and follows', () => {
    const host = at('/');
    const heard = vi.fn();
    const stop = host.onTheme(heard);
    expect(host.isLight()).toBe(false);
    light.matches = true;
    light.dispatchEvent(new Event('change'));
    expect(heard).toHaveBeenCalledTimes(1);
    expect(host.isLight()).toBe(true);
    stop();
    light.dispatchEvent(new Event('change'));
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('speaks as it was told, else as the browser does', () => {
    expect(at('/').locale()).toBe(navigator.language);
    localStorage.setItem('modelKeeper.locale', 'zh');
    expect(at('/').locale()).toBe('zh');
  });
});
