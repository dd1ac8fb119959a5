import base from './base.css?inline';
import controls from './controls.css?inline';
import detail from './detail.css?inline';
import floating from './floating.css?inline';
import frame from './frame.css?inline';
import library from './library.css?inline';
import health from './health.css?inline';
import page from './page.css?inline';
import queue from './queue.css?inline';
import rows from './rows.css?inline';
import tokens from './tokens.css?inline';
import workflow from './workflow.css?inline';

const PANEL = [tokens, base, frame, controls, rows, floating, queue, workflow, library, detail, health];

/**
 * Gives a new shadow root, or a page of our own, the panel's styles; call it once for each.
 * Adopted sheets need no permission of a content security policy.
 */
export function adoptStyles(root: Document | ShadowRoot): void {
  const styles = root instanceof Document ? [page, ...PANEL] : PANEL;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles.join('\n'));
  root.adoptedStyleSheets.push(sheet);
}
