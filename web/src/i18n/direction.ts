export type Direction = 'ltr' | 'rtl';

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'fa', 'he']);

export function directionOf(locale: string): Direction {
  return RIGHT_TO_LEFT.has(new Intl.Locale(locale).language) ? 'rtl' : 'ltr';
}

/** Keeps the order of a text whatever stands around it; its first letter gives its direction. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/** The same for what is always read from left to right: a number with its unit. */
export function isolateLeftToRight(text: string, locale: string): string {
  return directionOf(locale) === 'rtl' ? `\u2066${text}\u2069` : text;
}
