import { watch } from '@vue/reactivity';

import type { Sort } from '../api/libraryTypes';
import type { Memory } from '../hosts/memory';

export const SORTS: readonly Sort[] = ['name', 'used', 'changed', 'size', 'rating'];
const NAME = 'library';

/** How somebody likes to look at the library, whatever is searched for. */
export interface LibraryHabits {
  view: 'grid' | 'list';
  sort: Sort;
  backwards: boolean;
}

/** As it was left the last time; what is not understood is as on the first day. */
export function readHabits(memory: Memory): LibraryHabits {
  const [view, sort, order] = (memory.read(NAME) ?? '').split(' ');
  return {
    view: view === 'list' ? 'list' : 'grid',
    sort: SORTS.find((each) => each === sort) ?? 'name',
    backwards: order === 'backwards',
  };
}

/** Remember them whenever they change. */
export function keepHabits(memory: Memory, habits: () => LibraryHabits): void {
  watch(habits, ({ view, sort, backwards }: LibraryHabits) => {
    memory.write(NAME, [view, sort, backwards ? 'backwards' : 'forwards'].join(' '));
  });
}
