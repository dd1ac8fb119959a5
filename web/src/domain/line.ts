/** The second line of a job's row: what happens, and the numbers behind it. */
import type { Job, Live } from '../api/types';
import type { Texts } from '../stores/texts';
import { bytesOf, countsModels } from './jobs';
import { STALLED_AFTER_MS } from './look';

export interface Line {
  strong: string;
  text: string;
  /** At the end of the line. */
  end: string;
}

export interface Moment {
  now: number;
  stalledMs: number;
}

/** A rate is shown after some seconds only: the first ones say nothing. */
const SETTLED_MS = 5_000;

export function lineOf(job: Job, live: Live | undefined, texts: Texts, moment: Moment): Line {
  const { t } = texts;
  const { done, total } = bytesOf(job, live);
  const bytes = countsModels(job) ? models(done, total, texts) : amount(done, total, texts);
  if (job.control) return { strong: t(`state.${job.control}ing`), text: '', end: bytes };
  switch (job.state) {
    case 'running':
      return running(job, live, texts, moment, bytes);
    case 'verifying':
      return { strong: t('state.verifying'), text: t('line.sha256'), end: bytes };
    case 'paused':
      return { strong: t('state.paused'), text: t('line.byYou'), end: bytes };
    case 'succeeded':
      return { strong: '', text: texts.folder(job), end: total ? texts.bytes(total) : '' };
    case 'cancelled':
      return { strong: '', text: t('state.cancelled'), end: bytes };
    case 'pending':
      return pending(job, texts, moment, bytes);
    case 'review':
    case 'failed':
      return { strong: '', text: job.error ? texts.message(job.error) : '', end: '' };
  }
}

function amount(done: number, total: number | null, texts: Texts): string {
  if (total) return texts.bytesOf(done, total);
  return done ? texts.bytes(done) : '';
}

function models(done: number, total: number | null, texts: Texts): string {
  return total ? texts.t('line.of', { done, total }) : '';
}

function running(
  job: Job,
  live: Live | undefined,
  texts: Texts,
  moment: Moment,
  end: string,
): Line {
  const { t } = texts;
  if (!live) return { strong: '', text: t('line.starting'), end };
  if (moment.stalledMs >= STALLED_AFTER_MS) {
    const seconds = Math.round(moment.stalledMs / 1_000);
    return { strong: t('line.stalled', { time: texts.duration(seconds) }), text: '', end };
  }
  if (countsModels(job)) return { strong: '', text: timeLeft(live, texts), end };
  if (live.bytes_per_second === 0) return { strong: '', text: t('line.starting'), end };
  const settled = moment.now - (job.started_at ?? moment.now) > SETTLED_MS;
  const left = settled ? timeLeft(live, texts) : '';
  return { strong: texts.speed(live.bytes_per_second), text: left && `· ${left}`, end };
}

function timeLeft({ seconds_left }: Live, texts: Texts): string {
  return seconds_left === null ? '' : texts.t('line.left', { time: texts.duration(seconds_left) });
}

function pending(job: Job, texts: Texts, moment: Moment, bytes: string): Line {
  const { t } = texts;
  const cause = job.error ? texts.message(job.error) : '';
  if (job.wait_reason === 'retry') {
    const left = Math.max(0, job.run_after - moment.now);
    const again = left > 0 ? t('line.again', { time: texts.countdown(left) }) : t('line.next');
    const attempts = t('line.attempt', { n: job.attempts, of: job.max_attempts });
    return { strong: '', text: [cause, again].filter(Boolean).join(' · '), end: attempts };
  }
  if (job.wait_reason === 'approval') {
    return { strong: '', text: t('line.approval', { host: job.host ?? '' }), end: bytes };
  }
  return { strong: '', text: cause || t('line.next'), end: bytes };
}
