import type { Schedule, When } from '../../api/healthTypes';
import { chosenOf } from '../../domain/schedule';
import type { Texts } from '../../stores/texts';

const SUNDAY = new Date(2026, 0, 4);
const MINUTE_MS = 60_000;

/** Schedules in plain words. */
export function scheduleTexts(texts: Texts) {
  const { t } = texts;

  function weekday(day: number): string {
    const date = new Date(SUNDAY);
    date.setDate(date.getDate() + day);
    return new Intl.DateTimeFormat(texts.locale.value, { weekday: 'long' }).format(date);
  }

  /** `Every day at 03:00`. */
  function rule(when: When): string {
    const chosen = chosenOf(when);
    const time = texts.duration(chosen.minutes * 60);
    return t(`health.when.${chosen.kind}`, {
      time: chosen.kind === 'interval' ? time : chosen.time,
      day: weekday(chosen.weekday),
      cron: chosen.cron,
    });
  }

  /** `Every day at 03:00, not while a prompt runs`. */
  function when(schedule: Pick<Schedule, 'when' | 'not_while_generating' | 'only_when_idle'>): string {
    const idle = schedule.only_when_idle && schedule.when.kind !== 'idle';
    const conditions = [
      idle ? t('health.when.onlyIdle') : '',
      schedule.not_while_generating ? t('health.when.notWhileGenerating') : '',
    ];
    return [rule(schedule.when), ...conditions.filter(Boolean)].join(', ');
  }

  /** `in 12 h`, or `now` where its time has come. */
  function until(at: number, now: number): string {
    const left = at - now;
    return left < MINUTE_MS ? t('health.soon') : t('health.in', { time: texts.duration(left / 1_000) });
  }

  return { rule, when, until, weekday };
}
