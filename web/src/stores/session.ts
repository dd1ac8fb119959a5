import { reactive, shallowRef } from '@vue/reactivity';

import type { Client } from '../api/client';
import { problemOf } from '../api/client';
import type { Health, Problem } from '../api/types';

/** How the server is, and what this browser may do there. */
export function createSession(client: Client) {
  const health = shallowRef<Health | null>(null);
  const settings = shallowRef<Record<string, unknown>>({});
  const state = reactive({ problem: null as Problem | null });

  async function refresh(): Promise<void> {
    try {
      health.value = await client.health();
      settings.value = await client.settings();
      state.problem = null;
    } catch (error) {
      state.problem = problemOf(error);
    }
  }

  async function change(values: Record<string, unknown>): Promise<void> {
    settings.value = await client.changeSettings(values);
  }

  return { health, settings, state, refresh, change };
}

export type Session = ReturnType<typeof createSession>;
