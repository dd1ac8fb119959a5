/** The search language as it is typed: which parts of a text are terms. The server says what they mean. */

export interface SearchTerm {
  /** As it was written. */
  text: string;
  /** What a condition is about: `base` of `-base:sdxl`; null for words. */
  key: string | null;
  negated: boolean;
}

/** What can be typed, in the order of how often people want it; the server's errors name all keys. */
export const EXAMPLES = [
  'base:sdxl',
  'tag:portrait',
  'size>2GB',
  'is:favourite',
  'missing:preview',
  'unused:90d',
  'rating>=4',
  'hash:a1b2c3d4',
  '-word',
  '"two words"',
] as const;

const TERM = /(-?)(?:(\p{L}+)(:|<=|>=|<|>))?(?:"(?:\\.|[^"\\])*(?:"|\\?$)|\S+|(?=\s|$))/gsu;

export function termsOf(text: string): SearchTerm[] {
  return [...text.matchAll(TERM)]
    .filter(([whole]) => whole !== '')
    .map(([whole, no, key]) => ({ text: whole, key: key?.toLowerCase() ?? null, negated: no === '-' && whole !== '-' }));
}

/** Whether people see a term better as a thing of its own than as words: what filters, not what is looked for. */
export function isFilter(term: SearchTerm): boolean {
  if (term.key === null) return term.negated;
  return !/[:<>=]$/.test(term.text);
}

/**
 * The filters that a text has complete, and the rest that is still being typed: a term is complete
 * when a space follows it.
 */
export function takeFilters(text: string): { filters: string[]; rest: string } {
  const terms = termsOf(text);
  const last = terms.at(-1);
  const isOpen = last !== undefined && text.endsWith(last.text);
  const closed = isOpen ? terms.slice(0, -1) : terms;
  const filters = closed.filter(isFilter);
  if (filters.length === 0) return { filters: [], rest: text };
  const words = terms.filter((term) => !filters.includes(term)).map((term) => term.text);
  return { filters: filters.map((term) => term.text), rest: words.join(' ') + (isOpen || words.length === 0 ? '' : ' ') };
}

/** A condition whose value may have spaces or quotes in it. */
export function condition(key: string, value: string): string {
  return /^[^\s"]+$/.test(value) ? `${key}:${value}` : `${key}:"${value.replace(/["\\]/g, '\\$&')}"`;
}
