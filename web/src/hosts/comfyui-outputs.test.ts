import { describe, expect, it } from 'vitest';

import type { ComfyApi } from './comfyui-app';
import { recentOutputs } from './comfyui-outputs';

function api(history: unknown, ok = true): ComfyApi {
  return {
    fetchApi: () => Promise.resolve(new Response(JSON.stringify(history), { status: ok ? 200 : 500 })),
    apiURL: (route: string) => `/comfy/api${route}`,
  } as unknown as ComfyApi;
}

const image = (filename: string, subfolder = '', type = 'output') => ({ filename, subfolder, type });

describe('what ComfyUI has made', () => {
  it('is listed with the newest first, each once, without what was not kept', async () => {
    const history = {
      a: { outputs: { 9: { images: [image('1.png'), image('x.png', '', 'temp')], text: ['words'] } } },
      b: { outputs: { 9: { gifs: [image('2.mp4', 'films\\new')] }, 10: { images: [image('1.png')] } } },
    };
    const found = await recentOutputs(api(history));
    expect(found.map(({ path }) => path)).toEqual(['1.png', 'films/new/2.mp4']);
    expect(found[0]?.url).toBe('/comfy/api/view?filename=1.png&subfolder=&type=output&preview=webp%3B60');
  });

  it('is nothing where ComfyUI does not say', async () => {
    expect(await recentOutputs(api({}, false))).toEqual([]);
    expect(await recentOutputs(api({}))).toEqual([]);
  });
});
