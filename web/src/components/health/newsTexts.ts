import type { News } from '../../api/healthTypes';
import type { Params } from '../../i18n/translator';
import type { HealthPage } from '../../stores/health';
import type { Texts } from '../../stores/texts';

/** What may have happened, and which of its facts chooses the plural. */
const COUNTED: Record<string, string | null> = {
  metadata_finished: 'total',
  previews_finished: 'total',
  hashes_finished: 'total',
  changes_finished: 'total',
  collection_finished: 'total',
  batch_finished: 'total',
  updates_checked: 'total',
  trash_emptied: 'total',
  files_broken: 'count',
  task_failed: null,
  schedule_fired: null,
  space_low: null,
};

/** Where more can be seen of it: a page of Health, the items of its job, or the queue. */
const PLACES: Partial<Record<string, HealthPage | 'queue'>> = {
  metadata_finished: 'job',
  previews_finished: 'job',
  updates_checked: 'updates',
  changes_finished: 'changes',
  trash_emptied: 'trash',
  batch_finished: 'queue',
  collection_finished: 'queue',
  schedule_fired: 'schedules',
  space_low: 'space',
  files_broken: 'broken',
};

export function placeOf({ code, job }: News): HealthPage | 'queue' | null {
  const place = PLACES[code] ?? null;
  return place === 'job' && job === null ? null : place;
}

/** What happened, in the reader's language. */
export function newsTexts(texts: Texts): (one: News) => string {
  const { t } = texts;

  /** What an error means, where that can be said without its facts. */
  function problem(code: string): string {
    const key = `errors.${code}.message`;
    const said = t(key);
    return said === key || said.includes('{') ? '' : said;
  }

  /** The facts, as a sentence takes them. */
  function facts({ code, data }: News): Params {
    const plain = Object.entries(data).filter((fact): fact is [string, string | number] => isPlain(fact[1]));
    const known: Params = Object.fromEntries(plain);
    const { error, kind, task, free } = known;
    return {
      ...known,
      count: Number(known[COUNTED[code] ?? ''] ?? 0),
      why: error === undefined ? '' : problem(`${error}`),
      what: kind === undefined ? '' : t(`kind.${kind}`),
      task: task === undefined ? '' : t(`health.task.${task}`),
      free: typeof free === 'number' ? texts.bytes(free) : '',
    };
  }

  return (one) => {
    const said = one.code in COUNTED ? t(`health.happened.${one.code}`, facts(one)) : problem(one.code);
    return said.trim() || t('health.happened.other');
  };
}

function isPlain(fact: unknown): fact is string | number {
  return typeof fact === 'string' || typeof fact === 'number';
}
