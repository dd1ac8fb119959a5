/** What could be typed next in the search field. Pure. */
import { condition, EXAMPLES, termsOf } from './searchTerms';

const MOST = 8;
const FIXED: Record<string, readonly string[]> = {
  is: ['favourite', 'incomplete', 'duplicate', 'broken', 'offline', 'unhashed'],
  missing: ['preview', 'hash', 'base'],
  format: ['safetensors', 'gguf', 'pickle', 'onnx'],
  precision: ['F16', 'BF16', 'F32', 'F8_E4M3'],
};

/** Endings of the term that is being typed: keys with an example, or the values of a key. */
export function hintsFor(text: string, values: Record<string, readonly string[]>): string[] {
  const open = /\S*$/.exec(text)?.[0] ?? '';
  const [term] = termsOf(open);
  const sign = open.search(/[:<>]/);
  if (sign >= 0 && term?.key) {
    const typed = open.slice(sign + 1).replace(/^["=]/, '').toLowerCase();
    const known = FIXED[term.key] ?? values[term.key === 'type' ? 'category' : term.key] ?? [];
    const fitting = known.filter((value) => value.toLowerCase().includes(typed) && value.toLowerCase() !== typed);
    const no = term.negated ? '-' : '';
    return fitting.slice(0, MOST).map((value) => `${no}${condition(term.key ?? '', value)} `);
  }
  const start = open.toLowerCase();
  return EXAMPLES.filter((example) => example.startsWith(start) && example !== open).slice(0, MOST);
}
