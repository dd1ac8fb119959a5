import { directionOf, isolate } from './direction';

/** Texts by nested keys. A text may hold `{name}`; `key_one`, `key_other` and so on are plurals. */
export interface Messages {
  [key: string]: string | Messages;
}

export type Params = Record<string, string | number>;

/** `count` in the parameters chooses the plural form. Numbers are written as the locale does. */
export type Translate = (key: string, params?: Params) => string;

interface Catalogue {
  messages: Messages;
  plurals: Intl.PluralRules;
}

function textAt(messages: Messages, key: string): string | undefined {
  let found: string | Messages | undefined = messages;
  for (const part of key.split('.')) {
    if (typeof found !== 'object') return undefined;
    found = found[part];
  }
  return typeof found === 'string' ? found : undefined;
}

function chosenText({ messages, plurals }: Catalogue, key: string, count: unknown) {
  if (typeof count === 'number') {
    const form = textAt(messages, `${key}_${plurals.select(count)}`);
    const plural = form ?? textAt(messages, `${key}_other`);
    if (plural !== undefined) return plural;
  }
  return textAt(messages, key);
}

/** What `messages` lacks is said in English, and what both lack is said as its key. */
export function createTranslator(
  messages: Messages,
  locale: string,
  english: Messages = {},
): Translate {
  const catalogues: Catalogue[] = [
    { messages, plurals: new Intl.PluralRules(locale) },
    { messages: english, plurals: new Intl.PluralRules('en') },
  ];
  const numbers = new Intl.NumberFormat(locale);
  const direction = directionOf(locale);

  function written(value: string | number): string {
    if (typeof value === 'number') return numbers.format(value);
    return direction === 'rtl' ? isolate(value) : value;
  }

  return (key, params = {}) => {
    for (const catalogue of catalogues) {
      const text = chosenText(catalogue, key, params['count']);
      if (text === undefined) continue;
      return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = params[name];
        return value === undefined ? whole : written(value);
      });
    }
    return key;
  };
}
