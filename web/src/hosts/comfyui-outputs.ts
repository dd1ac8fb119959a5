import type { ComfyApi } from './comfyui-app';
import type { Output } from './host';

const PROMPTS = 24;

interface Made {
  filename?: string;
  subfolder?: string;
  type?: string;
}

/** What ComfyUI has kept of its last prompts; nothing where it does not say. */
export async function recentOutputs(api: ComfyApi): Promise<Output[]> {
  const answer = await api.fetchApi(`/history?max_items=${PROMPTS}`);
  if (!answer.ok) return [];
  const found = new Map<string, Output>();
  for (const made of outputsIn(await answer.json()).reverse()) {
    const { filename, subfolder = '', type } = made;
    if (!filename || type !== 'output') continue;
    const path = [subfolder.replaceAll('\\', '/'), filename].filter(Boolean).join('/');
    const query = new URLSearchParams({ filename, subfolder, type, preview: 'webp;60' });
    found.set(path, { path, url: api.apiURL(`/view?${query}`) });
  }
  return [...found.values()];
}

/** The files in a history, the oldest first, whatever the nodes call them. */
function outputsIn(history: unknown): Made[] {
  const prompts = Object.values((history ?? {}) as Record<string, { outputs?: Record<string, unknown> }>);
  return prompts
    .flatMap(({ outputs }) => Object.values(outputs ?? {}))
    .flatMap((output) => Object.values(output as Record<string, unknown>))
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .filter((made): made is Made => typeof made === 'object' && made !== null);
}
