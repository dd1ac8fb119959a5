import type { News } from '../../api/healthShapes';
import type { Params } from '../../i18n/translator';
import type { Texts } from '../../stores/texts';

/** What may have happened, and which of its facts chooses the plural. */
const COUNTED: Record<string, string | null> = {
  metadata_finished: 'total',
  previews_finished: 'total',
  hashes_finished: 'total',
  batch_finished: 'total',
  task_failed: null,
  schedule_fired: null,
  space_low: null,
};

/** What happened, in the reader's language. */
export function newsTexts(texts: Texts): (one: News) => string {
  const { t } = texts;

  function problem(code: string): string {
    const key = `errors.${code}.message`;
    const said = t(key);
    return said === key ? code : said;
  }

  /** The facts, as a sentence takes them. */
  function facts({ code, data }: News): Params {
    const counted = COUNTED[code];
    const { error, task, free } = data;
    return {
      ...data,
      ...(counted && { count: Number(data[counted] ?? 0) }),
      ...(error !== undefined && { why: problem(String(error)) }),
      ...(task !== undefined && { task: t(`health.task.${task}`) }),
      ...(free !== undefined && { free: texts.bytes(Number(free)) }),
    };
  }

  return (one) => (one.code in COUNTED ? t(`health.happened.${one.code}`, facts(one)) : problem(one.code));
}
