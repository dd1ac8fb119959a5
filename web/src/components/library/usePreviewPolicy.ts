import { computed, type ComputedRef } from 'vue';

import type { Exposure, PreviewPolicy } from '../../domain/exposure';
import { usePanel } from '../usePanel';

const DEFAULTS: PreviewPolicy = { limit: 2, above: 'blur', unknown: 'show', private: false };
const LIMITS: Record<string, number> = { pg: 1, pg13: 2, r: 4, x: 8, xxx: 16 };

/** What the settings say about explicit pictures. */
export function usePreviewPolicy(): ComputedRef<PreviewPolicy> {
  const { settings } = usePanel().session;
  return computed(() => {
    const values = settings.value;
    const limit = limitOf(values['preview_limit']);
    return {
      ...DEFAULTS,
      ...(limit !== undefined && { limit }),
      ...exposures(values),
      private: values['preview_private'] === true,
    };
  });
}

function limitOf(name: unknown): number | undefined {
  return typeof name === 'string' ? LIMITS[name] : undefined;
}

function exposures(values: Record<string, unknown>): Partial<PreviewPolicy> {
  const [above, unknown] = [values['preview_above'], values['preview_unknown']];
  return {
    ...(isExposure(above) && { above }),
    ...(isExposure(unknown) && { unknown }),
  };
}

function isExposure(value: unknown): value is Exposure {
  return value === 'show' || value === 'blur' || value === 'hide';
}
