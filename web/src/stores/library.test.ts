import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ModelPage } from '../api/libraryTypes';
import { FakeHost } from '../testing/FakeHost';
import { model, modelPage, models } from '../testing/librarySamples';
import { changes, job, problem } from '../testing/samples';
import { createPanel } from './panel';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage(page: ModelPage = modelPage(models(3))) {
  const host = new FakeHost();
  host.answer('GET library', page);
  const { library, queue } = createPanel(host);
  const asked = () => host.sent('GET library');
  const lastQuery = () => asked().at(-1)?.query.get('q');
  return { host, library, queue, asked, lastQuery };
}

describe('what is searched for', () => {
  it('is asked for once the typing rests', async () => {
    const { library, asked, lastQuery } = stage();
    for (const text of ['r', 'ra', 'rain']) library.type(text);
    expect(asked()).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked()).toHaveLength(1);
    expect(lastQuery()).toBe('rain');
  });

  it('has its filters apart from its words', async () => {
    const { library, lastQuery } = stage();
    library.type('rain base:sdxl ');
    expect(library.wish).toMatchObject({ filters: ['base:sdxl'], text: 'rain ' });
    await vi.advanceTimersByTimeAsync(100);
    expect(lastQuery()).toBe('base:sdxl rain');
  });

  it('can be a base model with spaces in its name, or none', async () => {
    const { library, lastQuery } = stage();
    library.change({ base: 'SD 1.5' });
    await vi.advanceTimersByTimeAsync(0);
    expect(lastQuery()).toBe('base:"SD 1.5"');
    library.change({ base: 'missing:base' });
    await vi.advanceTimersByTimeAsync(0);
    expect(lastQuery()).toBe('missing:base');
  });

  it('says what is found without each of its conditions', () => {
    const { library } = stage();
    library.change({ filters: ['size<1MB', '-anime'], text: 'rain', category: 'loras' });
    const ways = library.withoutOne().map(({ text, without }) => [text, without.q, without.category]);
    expect(ways).toEqual([
      ['size<1MB', '-anime rain', 'loras'],
      ['-anime', 'size<1MB rain', 'loras'],
      ['rain', 'size<1MB -anime', 'loras'],
      ['loras', 'size<1MB -anime rain', null],
    ]);
  });

  it('keeps the other folders on offer when one is chosen', async () => {
    const { host, library } = stage();
    await library.open();
    const only = { category: [{ value: 'vae', count: 1 }], base_model: [], format: [] };
    host.answer('GET library', modelPage([model()], { facets: only }));
    library.change({ category: 'vae' });
    await vi.advanceTimersByTimeAsync(0);
    expect(library.choices.value.category.map(({ value }) => value)).toEqual(['loras']);
  });
});

describe('answers', () => {
  it('of an older search are dropped, however late they come', async () => {
    const { host, library } = stage();
    let answerFirst: (page: ModelPage) => void = () => undefined;
    host.answer('GET library', ({ query }: { query: URLSearchParams }) => {
      if (query.get('q') === 'new') return modelPage([model({ name: 'new' })]);
      return new Promise((resolve) => (answerFirst = resolve));
    });
    const first = library.search();
    library.wish.text = 'new';
    await library.search();
    answerFirst(modelPage([model({ name: 'old' })]));
    await first;
    expect(library.rows.items.value.map(({ name }) => name)).toEqual(['new']);
    expect(library.rows.state.busy).toBe(false);
  });

  it('that are refused leave what was found', async () => {
    const { host, library } = stage();
    await library.open();
    host.refuse('GET library', problem('query_key_unknown'), 400);
    library.change({ text: 'foo:bar' });
    await vi.advanceTimersByTimeAsync(0);
    expect(library.rows.state.problem?.code).toBe('query_key_unknown');
    expect(library.rows.items.value).toHaveLength(3);
  });
});

describe('a long list', () => {
  const LONG = 2_500;

  function long() {
    const found = stage();
    found.host.answer('GET library', ({ query }: { query: URLSearchParams }) => {
      const from = Number(query.get('after') ?? 0);
      const to = Math.min(LONG, from + Number(query.get('limit')));
      return modelPage(models(to - from, from), { total: LONG, next: to < LONG ? String(to) : null });
    });
    return found;
  }

  it('is read as far as somebody looks, page after page', async () => {
    const { library, asked } = long();
    await library.open();
    expect(library.rows.items.value).toHaveLength(200);
    await library.rows.ensure(150);
    expect(asked()).toHaveLength(1);
    await library.rows.ensure(LONG - 1);
    expect(library.rows.items.value).toHaveLength(LONG);
    expect(new Set(library.rows.items.value.map(({ id }) => id)).size).toBe(LONG);
    expect(asked()).toHaveLength(4);
  });

  it('is asked for by one request at a time, and no further than somebody still looks', async () => {
    const { library, asked } = long();
    await library.open();
    const far = library.rows.ensure(LONG - 1);
    await library.rows.ensure(250);
    await far;
    expect(asked().length).toBeLessThan(4);
  });

  it('is asked for again as far as somebody looks, and no further', async () => {
    const { library, asked } = long();
    await library.open();
    await library.rows.ensure(LONG - 1);
    await library.rows.ensure(1_500);
    const before = asked().length;
    await library.renew();
    expect(library.rows.items.value.length).toBeGreaterThan(1_500);
    expect(asked().length - before).toBe(2);
  });
});

describe('the library', () => {
  it('is asked for again when a job has changed it, once for many', async () => {
    const { library, queue, asked } = stage();
    await library.open();
    await queue.load();
    const done = ['a', 'b'].map((id) => job({ id, kind: 'metadata', state: 'succeeded' }));
    queue.apply(changes({ jobs: done }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked()).toHaveLength(2);
  });

  it('is left alone while nobody has opened it', async () => {
    const { queue, asked } = stage();
    await queue.load();
    queue.apply(changes({ jobs: [job({ kind: 'scan', state: 'succeeded' })] }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked()).toHaveLength(0);
  });

  it('is scanned when it is opened and nobody has ever looked', async () => {
    const { host, library } = stage(modelPage([], { scanned_at: null }));
    host.answer('POST library/scan', { job: job({ kind: 'scan' }), deduplicated: false });
    await library.open();
    expect(host.sent('POST library/scan')).toHaveLength(1);
    await library.open();
    expect(host.sent('POST library/scan')).toHaveLength(1);
  });

  it('is scanned when only the names of its files are known', async () => {
    const { host, library } = stage(modelPage([model({ format: null })]));
    host.answer('POST library/scan', { job: job({ kind: 'scan' }), deduplicated: false });
    await library.open();
    expect(host.sent('POST library/scan')).toHaveLength(1);
  });
});

describe('the selection', () => {
  it('is these models, or everything that is found', async () => {
    const { library } = stage(modelPage(models(3), { total: 9 }));
    await library.open();
    const { selection } = library;
    selection.toggle(0);
    selection.extendTo(2);
    selection.toggle(1);
    expect(selection.target()).toEqual({ ids: ['m-m0.safetensors', 'm-m2.safetensors'] });
    expect(selection.bytes.value).toBe(2_000_000);
    selection.takeAll();
    expect(selection.count.value).toBe(9);
    expect(selection.bytes.value).toBeNull();
    expect(selection.target()).toEqual({ query: '', within: null });
  });

  it('is over with another search', async () => {
    const { library } = stage();
    await library.open();
    library.selection.toggle(0);
    library.change({ text: 'x' });
    expect(library.selection.state.on).toBe(false);
  });
});
