import type { Recommendation, TodoKind } from '../../api/healthShapes';
import type { HealthPage } from '../../stores/health';
import type { Texts } from '../../stores/texts';

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

/** What a recommendation says: a code that has no words of its own is said as its kind. */
export function todoTexts(
  { code, category, count, bytes, action }: Recommendation,
  texts: Texts,
): { title: string; about: string } {
  const { t } = texts;
  const own = `health.found.${code}`;
  const said = t(own, { count });
  const title = said === own ? t(`health.todo.${action.kind}`, { count }) : said;
  const about = [category, t(`health.about.${action.kind}`), bytes ? texts.bytes(bytes) : ''];
  return { title, about: about.filter(Boolean).join(' · ') };
}
