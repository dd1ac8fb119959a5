import type { Measure } from './fitName';

/**
 * Lends `use` a ruler that measures with the real font of `element`, its features included
 * (a canvas knows none of them).
 */
export function withRuler<T>(element: HTMLElement, use: (measure: Measure) => T): T {
  const probe = element.ownerDocument.createElement('span');
  probe.className = 'probe';
  element.append(probe);
  try {
    return use((text) => {
      probe.textContent = text;
      return probe.getBoundingClientRect().width;
    });
  } finally {
    probe.remove();
  }
}
