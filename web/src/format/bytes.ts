import { isolateLeftToRight } from '../i18n/direction';
import { filled } from './filled';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
const STEP = 1000;
const NO_BREAK_SPACE = '\u00a0';
/** What is written with three digits as 1000 belongs to the next unit. */
const NEXT_UNIT_FROM = 999.5;

export interface BytesFormat {
  /** `9.72 GB`, `335 MB`: decimal units, three significant digits. */
  bytes: (bytes: number) => string;
  /** Both in the unit of the total; the template has `{done}` and `{total}`: `9.72 of 14.3 GB`. */
  bytesOf: (done: number, total: number, template: string) => string;
  /** Always in MB/s: `52.6 MB/s`. */
  speed: (bytesPerSecond: number) => string;
  /** The same in two parts, for a number larger than its unit. */
  speedParts: (bytesPerSecond: number) => { value: string; unit: string };
}

function exponentOf(bytes: number): number {
  let exponent = 0;
  let value = bytes;
  while (value >= NEXT_UNIT_FROM && exponent < UNITS.length - 1) {
    value /= STEP;
    exponent += 1;
  }
  return exponent;
}

/** Three significant digits, but never more than two after the point, and none for bare bytes. */
function fractionDigits(value: number, exponent: number): number {
  if (exponent === 0 || value === 0 || value >= 99.95) return 0;
  return value >= 9.995 ? 1 : 2;
}

function speedDigits(value: number): number {
  return value >= 99.95 ? 0 : 1;
}

function split(parts: Intl.NumberFormatPart[]): { value: string; unit: string } {
  const text = (isUnit: boolean) =>
    parts.filter((part) => (part.type === 'unit') === isUnit).map((part) => part.value);
  return { value: text(false).join('').trim(), unit: text(true).join('') };
}

/** Some locales put nothing between a number and a narrow unit. */
function joined(parts: Intl.NumberFormatPart[]): string {
  const { value, unit } = split(parts);
  return `${value}${NO_BREAK_SPACE}${unit}`;
}

export function createBytesFormat(locale: string): BytesFormat {
  const formats = new Map<string, Intl.NumberFormat>();

  function number(digits: number, unit?: string): Intl.NumberFormat {
    const key = `${unit ?? ''} ${digits}`;
    const known = formats.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(locale, {
      ...(unit && { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'narrow' : 'short' }),
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, made);
    return made;
  }

  function unbroken(text: string): string {
    return isolateLeftToRight(text.replace(/\s/g, NO_BREAK_SPACE), locale);
  }

  function withUnit(bytes: number): string {
    const exponent = exponentOf(bytes);
    const value = bytes / STEP ** exponent;
    return joined(number(fractionDigits(value, exponent), UNITS[exponent]).formatToParts(value));
  }

  function speedFormat(bytesPerSecond: number) {
    const value = bytesPerSecond / 1e6;
    return { value, format: number(speedDigits(value), 'megabyte-per-second') };
  }

  return {
    bytes: (bytes) => unbroken(withUnit(bytes)),
    bytesOf(done, total, template) {
      const exponent = exponentOf(total);
      const value = done / STEP ** exponent;
      const written = number(fractionDigits(value, exponent)).format(value);
      return unbroken(filled(template, { done: written, total: withUnit(total) }));
    },
    speed(bytesPerSecond) {
      const { value, format } = speedFormat(bytesPerSecond);
      return unbroken(joined(format.formatToParts(value)));
    },
    speedParts(bytesPerSecond) {
      const { value, format } = speedFormat(bytesPerSecond);
      return split(format.formatToParts(value));
    },
  };
}
