import { describe, expect, it } from 'vitest';

import { FakeHost } from '../testing/FakeHost';
import { changed, fileChange, metadata, model, modelPage } from '../testing/librarySamples';
import { job, problem } from '../testing/samples';
import { createPanel } from './panel';

const ONE = model({ id: 'one' });
const TARGET = { ids: ['one'] };

async function stage() {
  const host = new FakeHost();
  host.answer('GET library', modelPage([ONE]));
  host.answer('GET library/one', ONE);
  host.answer('GET library/one/metadata', metadata());
  host.answer('GET library/one/metadata/history', { items: [] });
  host.answer('GET library/one/previews', { items: [] });
  host.answer('GET library/preview/facts', { path: null, media_type: null, chosen: false });
  const panel = createPanel(host);
  await panel.library.open();
  return { host, panel, actions: panel.libraryActions, library: panel.library };
}

describe('what is thrown away', () => {
  it('comes back by the message, or by Ctrl+Z', async () => {
    const { host, panel, actions } = await stage();
    const results = [{ id: 'one', new_id: null, error: null }];
    host.answer('POST library/actions', changed({ results }));
    host.answer('POST library/changes/c1/undo', changed({ change: fileChange({ can_be_undone: false }), results }));
    await actions.trash(TARGET);
    expect(host.sent('POST library/actions')[0]?.body).toEqual({ action: 'trash', ids: ['one'] });
    expect(panel.ui.notice).toMatchObject({ text: '1 model is in the trash.', kind: 'ok' });
    await actions.undoLast();
    expect(host.sent('POST library/changes/c1/undo')).toHaveLength(1);
    expect(panel.ui.notice?.undo).toBeUndefined();
    await actions.undoLast();
    expect(host.sent('POST library/changes/c1/undo')).toHaveLength(1);
  });

  it('is not open any more', async () => {
    const { host, actions, library } = await stage();
    host.answer('POST library/actions', changed({ results: [{ id: 'one', new_id: null, error: null }] }));
    await library.detail.open(ONE);
    await actions.trash(TARGET);
    expect(library.detail.model.value).toBeNull();
  });

  it('says why something stayed, and how much more', async () => {
    const { host, panel, actions } = await stage();
    const error = problem('no_such_code', { message: 'It is in use.' });
    const results = ['a', 'b', 'c'].map((id) => ({ id, new_id: null, error: id === 'c' ? null : error }));
    host.answer('POST library/actions', changed({ results }));
    await actions.trash({ ids: ['a', 'b', 'c'] });
    expect(panel.ui.notice).toMatchObject({
      kind: 'warn',
      text: '1 model is in the trash. It is in use. 1 more stayed where it was.',
    });
  });
});

describe('what is moved', () => {
  it('stays open under its new name, and workflows that name it are offered', async () => {
    const { host, actions, library } = await stage();
    const workflows = [
      { path: 'a.json', references: 1, can_patch: true, places: [] },
      { path: 'b.json', references: 1, can_patch: false, places: [] },
    ];
    host.answer('POST library/one/rename', changed({ results: [{ id: 'one', new_id: 'two', error: null }], workflows }));
    host.answer('GET library/two', model({ id: 'two', name: 'new.safetensors' }));
    await library.detail.open(ONE);
    await actions.rename(ONE, 'new.safetensors');
    await expect.poll(() => library.detail.model.value?.id).toBe('two');
    expect(actions.offer.value?.workflows.map(({ path }) => path)).toEqual(['a.json']);

    const patched = { path: 'a.json', references: 1, backup: null, error: null };
    host.answer('POST library/workflows/patch', { results: [patched] });
    await actions.patch(['a.json']);
    expect(host.sent('POST library/workflows/patch')[0]?.body).toEqual({ change: 'c1', paths: ['a.json'] });
    expect(actions.offer.value).toBeNull();
  });

  it('shows in the queue where it takes a while', async () => {
    const { host, panel, actions } = await stage();
    host.answer('POST library/actions', changed({ change: null, job: job({ id: 'long' }) }));
    await actions.move(TARGET, { category: 'vae', root: null, folder: '' });
    expect(panel.queue.jobs.has('long')).toBe(true);
    expect(panel.ui.notice?.text).toContain('queue');
  });
});

it('a refusal is said, and changes nothing', async () => {
  const { host, panel, actions, library } = await stage();
  library.selection.toggle(0);
  host.refuse('POST library/actions', problem('library_busy'));
  expect(await actions.trash(TARGET)).toBeUndefined();
  expect(panel.ui.notice?.kind).toBe('bad');
  expect(library.selection.count.value).toBe(1);
});

it('what is known is offered as a file', async () => {
  const { host, actions } = await stage();
  host.answer('GET library/export', { models: [] });
  await actions.save({ ids: ['one', 'two'] });
  expect(host.sent('GET library/export')[0]?.query.get('ids')).toBe('one,two');
  await actions.save({ query: 'rain', category: null, without: ['one', 'two'] });
  expect(Object.fromEntries(host.sent('GET library/export')[1]?.query ?? [])).toEqual({ q: 'rain', without: 'one,two' });
  expect(host.saved.has('models.json')).toBe(true);
});

it('metadata is refreshed by a job', async () => {
  const { host, panel, actions } = await stage();
  host.answer('POST metadata/refresh', { job: job({ id: 'r' }), deduplicated: false });
  const target = { query: 'is:favourite', category: 'loras', without: ['one'] };
  await actions.refreshMetadata(target, 5);
  expect(host.sent('POST metadata/refresh')[0]?.body).toMatchObject(target);
  expect(panel.queue.jobs.has('r')).toBe(true);
});
