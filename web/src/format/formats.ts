import { createBytesFormat, type BytesFormat } from './bytes';
import { createDurationFormat, type DurationFormat, type DurationUnits } from './duration';
import { createWhenFormat, type WhenFormat } from './when';

/** How one locale writes numbers, amounts and times. */
export interface Formats extends BytesFormat, DurationFormat {
  /** Grouped: `3,912`. */
  count: (count: number) => string;
  when: WhenFormat;
}

export function createFormats(locale: string, units: DurationUnits): Formats {
  const counts = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  return {
    ...createBytesFormat(locale),
    ...createDurationFormat(locale, units),
    count: (count) => counts.format(count),
    when: createWhenFormat(locale),
  };
}
