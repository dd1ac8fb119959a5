/** Schedules as people choose them, and as the server keeps them. Pure. */
import type { Schedule, ScheduleTask, When } from '../api/healthTypes';

export const TASKS = ['scan', 'metadata', 'previews', 'hash', 'updates', 'trash'] as const;
export const KINDS = ['start', 'interval', 'daily', 'weekly', 'cron', 'idle'] as const;
export type ChosenKind = (typeof KINDS)[number];

/** What a form asks for; daily and weekly are cron rows that have a simple form. */
export interface Chosen {
  kind: ChosenKind;
  minutes: number;
  /** `HH:MM`, local time of the server. */
  time: string;
  /** 0 is Sunday, as in cron. */
  weekday: number;
  cron: string;
}

const PLAIN = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-6])$/;
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const CRON_FIELDS = 5;

export function chosenOf(when: When): Chosen {
  const base: Chosen = { kind: 'daily', minutes: 360, time: '03:00', weekday: 0, cron: '0 3 * * *' };
  if (when.kind !== 'cron') return { ...base, kind: when.kind, minutes: when.minutes ?? base.minutes };
  const cron = when.cron ?? base.cron;
  const plain = PLAIN.exec(cron);
  if (!plain) return { ...base, kind: 'cron', cron };
  const [, minute = '0', hour = '0', day = '*'] = plain;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*') return { ...base, kind: 'daily', time, cron };
  return { ...base, kind: 'weekly', time, weekday: Number(day), cron };
}

/** Null: what was typed is no time. */
export function whenOf(chosen: Chosen): When | null {
  switch (chosen.kind) {
    case 'start':
    case 'idle':
      return { kind: chosen.kind };
    case 'interval':
      return Number.isInteger(chosen.minutes) && chosen.minutes > 0
        ? { kind: 'interval', minutes: chosen.minutes }
        : null;
    case 'daily':
    case 'weekly': {
      const found = TIME.exec(chosen.time);
      if (!found) return null;
      const day = chosen.kind === 'daily' ? '*' : String(chosen.weekday);
      return { kind: 'cron', cron: `${Number(found[2])} ${Number(found[1])} * * ${day}` };
    }
    case 'cron': {
      const cron = chosen.cron.trim().replace(/\s+/g, ' ');
      return cron.split(' ').length === CRON_FIELDS ? { kind: 'cron', cron } : null;
    }
  }
}

/** A name that no schedule has: the task's, with a number where that is taken. */
export function freeName(task: ScheduleTask, taken: readonly Schedule[]): string {
  const names = new Set(taken.map((one) => one.name));
  let name: string = task;
  for (let n = 2; names.has(name); n += 1) name = `${task}-${n}`;
  return name;
}
