/** A moment as people say it at `now`: `14:02` today, `Tuesday` within six days, then the date. */
export type WhenFormat = (moment: Date, now: Date) => string;

const DAY_MS = 24 * 60 * 60 * 1000;
/** On the seventh day the name of the day is today's again. */
const NAMED_DAYS = 6;

function midnight(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

export function createWhenFormat(locale: string): WhenFormat {
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' });
  const fullDate = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });

  return (moment, now) => {
    // Rounded, because a day may last 23 or 25 hours.
    const days = Math.round(Math.abs(midnight(moment) - midnight(now)) / DAY_MS);
    if (days === 0) return time.format(moment);
    if (days <= NAMED_DAYS) return weekday.format(moment);
    const sameYear = moment.getFullYear() === now.getFullYear();
    return (sameYear ? date : fullDate).format(moment);
  };
}
