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
    expect(library.rows.known.value.map(({ name }) => name)).toEqual(['new']);
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
      const from = Number(query.get('offset') ?? 0);
      const to = Math.min(LONG, from + Number(query.get('limit')));
      return modelPage(models(to - from, from), { total: LONG });
    });
    const known = () => found.library.rows.known.value.length;
    const nameAt = (index: number) => found.library.rows.items.value[index]?.name;
    return { ...found, known, nameAt };
  }

  it('is read where somebody looks, however far that is', async () => {
    const { library, asked, known, nameAt } = long();
    await library.open();
    expect(known()).toBe(200);
    await library.rows.ensure(0, 150);
    expect(asked()).toHaveLength(1);
    await library.rows.ensure(LONG - 30, LONG + 60);
    expect(asked()).toHaveLength(2);
    expect(nameAt(LONG - 1)).toBe('m2499.safetensors');
    expect(nameAt(1_000)).toBeUndefined();
    await library.rows.ensure(900, 1_100);
    expect(nameAt(1_000)).toBe('m1000.safetensors');
    expect(asked()).toHaveLength(3);
  });

  it('is asked for by one request at a time, and not for what was passed by', async () => {
    const { library, asked, nameAt } = long();
    await library.open();
    const first = library.rows.ensure(400, 410);
    await Promise.all([1_000, 1_600, 2_200].map((at) => library.rows.ensure(at, at + 10)));
    await first;
    expect(asked()).toHaveLength(3);
    expect(nameAt(2_200)).toBe('m2200.safetensors');
    expect(nameAt(1_600)).toBeUndefined();
  });

  it('is asked for again where somebody looks, and nowhere else', async () => {
    const { library, asked, known, nameAt } = long();
    await library.open();
    await library.rows.ensure(1_500, 1_550);
    const before = asked().length;
    await library.renew();
    expect(asked().length - before).toBe(1);
    expect(nameAt(1_500)).toBe('m1500.safetensors');
    expect(known()).toBe(200);
  });

  it('that has become shorter is read at its end', async () => {
    const { host, library, nameAt } = long();
    await library.open();
    await library.rows.ensure(LONG - 30, LONG - 1);
    host.answer('GET library', ({ query }: { query: URLSearchParams }) =>
      modelPage(query.has('offset') ? [] : models(3), { total: 3 }),
    );
    await library.renew();
    await library.rows.ensure(0, 2);
    expect(library.rows.state.total).toBe(3);
    expect(nameAt(2)).toBe('m2.safetensors');
  });

  it('is picked whole from one end to the other, also what nobody has looked at', async () => {
    const { library } = long();
    await library.open();
    library.selection.toggle(100);
    await library.selection.extendTo(LONG - 1);
    expect(library.selection.count.value).toBe(2_400);
  });

  it('is not picked late when the selection is over', async () => {
    const { library } = long();
    await library.open();
    library.selection.toggle(0);
    const late = library.selection.extendTo(LONG - 1);
    library.selection.clear();
    await late;
    expect(library.selection.count.value).toBe(0);
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
    void selection.extendTo(2);
    selection.toggle(1);
    expect(selection.target()).toEqual({ ids: ['m-m0.safetensors', 'm-m2.safetensors'] });
    expect(selection.bytes.value).toBe(2_000_000);
    selection.takeAll();
    expect(selection.count.value).toBe(9);
    expect(selection.bytes.value).toBeNull();
    expect(selection.target()).toEqual({ query: '', category: null, without: [] });
  });

  it('is everything but what is taken out of it, also of what nobody has looked at', async () => {
    const { library } = stage(modelPage(models(3), { total: 9 }));
    library.change({ category: 'loras', text: 'm' });
    await vi.advanceTimersByTimeAsync(0);
    const { selection, rows } = library;
    selection.takeAll();
    selection.toggle(1);
    const picked = () => rows.known.value.map(selection.has);
    expect(picked()).toEqual([true, false, true]);
    expect(selection.count.value).toBe(8);
    expect(selection.target()).toEqual({ query: 'm', category: 'loras', without: ['m-m1.safetensors'] });
    selection.toggle(0);
    await selection.extendTo(1);
    expect(picked()).toEqual([true, true, true]);
    expect(selection.count.value).toBe(9);
  });

  it('knows how large it is where all of it is known', async () => {
    const { library } = stage();
    await library.open();
    library.selection.takeAll();
    library.selection.toggle(2);
    expect(library.selection.bytes.value).toBe(2_000_000);
  });

  it('is over with another search', async () => {
    const { library } = stage();
    await library.open();
    library.selection.toggle(0);
    library.change({ text: 'x' });
    expect(library.selection.state.on).toBe(false);
  });
});
