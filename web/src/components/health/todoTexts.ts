import type { Recommendation, TodoKind } from '../../api/healthTypes';
import type { HealthPage } from '../../stores/health';
import type { Texts } from '../../stores/texts';

/** What may be missing, in the order in which it is told. */
const FIELDS = ['trained_words', 'base_model', 'source', 'description'] as const;
/** More of them do not fit into a line. */
const MOST_FIELDS = 2;

/** Where a kind of finding is looked at. */
export function pageFor(kind: TodoKind): HealthPage {
  switch (kind) {
    case 'duplicates':
    case 'broken':
    case 'updates':
    case 'trash':
    case 'space':
      return kind;
    case 'metadata':
    case 'previews':
    case 'hash':
      return 'overview';
  }
}

/** A recommendation as a sentence, and what stands behind it. */
export function todoTexts(one: Recommendation, texts: Texts): { title: string; about: string } {
  const { t } = texts;
  const { action, category, count, bytes, path } = one;
  const size = bytes === null ? '' : texts.bytes(bytes);
  const isDrive = action.kind === 'space';
  const about = lacks(one, texts) || t(`health.about.${action.kind}`, isDrive ? { size } : {});
  return {
    title: t(`health.todo.${action.kind}`, { count }),
    about: [category ?? path, about, isDrive ? '' : size].filter(Boolean).join(' · '),
  };
}

function lacks({ missing }: Recommendation, { t }: Texts): string {
  return FIELDS.flatMap((field) => {
    const count = missing[field];
    return count ? [t(`health.lacks.${field}`, { count })] : [];
  })
    .slice(0, MOST_FIELDS)
    .join(', ');
}
