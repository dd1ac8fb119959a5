import { describe, expect, it } from 'vitest';

import { FakeHost } from '../testing/FakeHost';
import { modelPage } from '../testing/librarySamples';
import { createPanel } from './panel';

function visit(kept?: string) {
  const host = new FakeHost();
  host.answer('GET library', modelPage([]));
  if (kept !== undefined) host.kept.set('library', kept);
  return { host, library: createPanel(host).library };
}

describe('how the library is looked at', () => {
  it('is as on the last visit', () => {
    const first = visit();
    expect(first.library.view.value).toBe('grid');
    first.library.view.value = 'list';
    first.library.change({ sort: 'size', backwards: true, text: 'rain' });
    const { library } = visit(first.host.kept.get('library'));
    expect(library.view.value).toBe('list');
    expect(library.wish).toMatchObject({ sort: 'size', backwards: true, text: '' });
  });

  it('is asked for in that order at once', async () => {
    const { host, library } = visit('grid rating backwards');
    await library.search();
    expect(Object.fromEntries(host.sent('GET library')[0]?.query ?? [])).toMatchObject({ sort: 'rating', backwards: 'true' });
  });

  it.each(['', 'wall colour', 'list'])('is sound whatever is kept: %j', (kept) => {
    const { library } = visit(kept);
    expect(['grid', 'list']).toContain(library.view.value);
    expect(library.wish).toMatchObject({ sort: 'name', backwards: false });
  });
});
