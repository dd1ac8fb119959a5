const ROW = 'article[tabindex]';

/** The arrows, Home and End move between the rows of a list. */
export function moveBetweenRows(event: KeyboardEvent): void {
  const row = event.target as HTMLElement;
  if (!row.matches(ROW) || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(ROW)];
  const at = rows.indexOf(row);
  const wanted = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (wanted === undefined) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, wanted))]?.focus();
}
