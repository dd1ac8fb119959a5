export const FOCUSABLE =
  'button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), ' +
  'a[href], [tabindex]:not([tabindex="-1"])';

/** The element with the focus, inside the shadow root that `element` lives in, if any. */
export function activeBeside(element: Element): Element | null {
  return (element.getRootNode() as Document | ShadowRoot).activeElement;
}
