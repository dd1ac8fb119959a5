import { isolateLeftToRight } from '../i18n/direction';
import { filled } from './filled';

/** Templates with `{n}`, as in `{n} min`. */
export interface DurationUnits {
  days: string;
  hours: string;
  minutes: string;
  seconds: string;
}

export interface DurationFormat {
  /** `35 s`, `1 min`, `2 h 10 min`, `3 d 4 h`: two units at most. */
  duration: (seconds: number) => string;
  /** `0:42`, `2:07:00`. */
  countdown: (seconds: number) => string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function parts(seconds: number): [keyof DurationUnits, number][] {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) return [['seconds', whole]];
  const minutes = Math.round(whole / MINUTE) * MINUTE;
  if (minutes < HOUR) return [['minutes', minutes / MINUTE]];
  if (minutes < DAY) {
    return [
      ['hours', Math.floor(minutes / HOUR)],
      ['minutes', (minutes % HOUR) / MINUTE],
    ];
  }
  const hours = Math.round(whole / HOUR) * HOUR;
  return [
    ['days', Math.floor(hours / DAY)],
    ['hours', (hours % DAY) / HOUR],
  ];
}

export function createDurationFormat(locale: string, units: DurationUnits): DurationFormat {
  const plain = new Intl.NumberFormat(locale);
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });

  return {
    duration(seconds) {
      const [first, second] = parts(seconds);
      return [first, second]
        .filter((part) => part !== undefined)
        .filter(([, amount], at) => at === 0 || amount > 0)
        .map(([unit, amount]) => filled(units[unit], { n: plain.format(amount) }))
        .join(' ')
        .replace(/\s/g, '\u00a0');
    },
    countdown(seconds) {
      const whole = Math.max(0, Math.ceil(seconds));
      const hours = Math.floor(whole / HOUR);
      const minutes = Math.floor((whole % HOUR) / MINUTE);
      const tail = twoDigits.format(whole % MINUTE);
      const head =
        hours > 0 ? `${plain.format(hours)}:${twoDigits.format(minutes)}` : plain.format(minutes);
      return isolateLeftToRight(`${head}:${tail}`, locale);
    },
  };
}
