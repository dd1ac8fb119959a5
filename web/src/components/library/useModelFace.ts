import { computed } from 'vue';

import type { Model } from '../../api/libraryTypes';
import type { IconName } from '../base/icons';
import { usePanel } from '../usePanel';

interface Mark {
  icon: IconName;
  tone: 'go' | 'warn' | 'bad' | 'f3';
  word: string;
}

/** What a card and a row say of a model. */
export function useModelFace(model: () => Model) {
  const { library, texts } = usePanel();
  const { t } = texts;
  const { selection, detail } = library;

  /** One at most: what matters most. */
  const mark = computed<Mark | null>(() => {
    const { online, problem, completeness } = model();
    if (!online) return { icon: 'plug', tone: 'warn', word: t('library.offline') };
    if (problem) return { icon: 'fail', tone: 'bad', word: t('library.broken') };
    if (completeness === 'partial' || completeness === 'minimal') {
      return { icon: 'tag', tone: 'warn', word: t(`library.${completeness}`) };
    }
    if (library.updates.value.has(model().id)) return { icon: 'up', tone: 'go', word: t('library.update') };
    return null;
  });
  const base = computed(() => model().base_model ?? t('library.baseUnknown'));
  const runs = computed(() => {
    const { runs: count } = model();
    return count > 0 ? t('library.runs', { count }) : '';
  });
  const size = computed(() => texts.bytes(model().size));
  const spoken = computed(() => {
    const { name, marks } = model();
    const parts = [name, base.value, size.value, runs.value, mark.value?.word];
    if (marks.favourite) parts.push(t('library.favourite'));
    return parts.filter(Boolean).join(', ');
  });

  return {
    mark,
    base,
    runs,
    size,
    spoken,
    picked: computed(() => selection.has(model())),
    selecting: computed(() => selection.state.on),
    isOpen: computed(() => detail.model.value?.id === model().id),
  };
}
