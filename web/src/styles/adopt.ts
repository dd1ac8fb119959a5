import panel from './panel.css?inline';
import tokens from './tokens.css?inline';

/**
 * Gives a new shadow root, or a page of our own, the panel's styles; call it once for each.
 * Adopted sheets need no permission of a content security policy.
 */
export function adoptStyles(root: DocumentOrShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + panel);
  root.adoptedStyleSheets.push(sheet);
}
