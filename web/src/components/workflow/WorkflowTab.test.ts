import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import type { Analysis } from '../../api/types';
import { createPanel } from '../../stores/panel';
import { FakeCanvas, FakeHost, openWorkflow } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { analysis, candidate, change, need, problem, relinkable } from '../../testing/samples';
import WorkflowTab from './WorkflowTab.vue';

const ANALYZE = 'POST workflows/analyze';

async function stage(found: Analysis, canvas: FakeCanvas | null = new FakeCanvas()) {
  const host = new FakeHost(canvas ? { canvas } : {});
  host.answer(ANALYZE, found);
  const panel = createPanel(host);
  const tab = inPanel(WorkflowTab, {}, panel);
  await flushPromises();
  const sections = () => tab.findAll('section').map((section) => section.attributes('aria-label'));
  const button = (words: string) => tab.findAll('button').find((each) => each.text() === words);
  return { host, panel, tab, sections, button, canvas };
}

describe('WorkflowTab', () => {
  it('has what needs a person first, and what is settled last', async () => {
    const { sections, tab } = await stage(
      analysis([
        need({ name: 'a', state: 'on_disk' }),
        need({ name: 'b', state: 'optional' }),
        need({ name: 'c', state: 'missing' }),
        need({ name: 'd', state: 'choose', candidates: [candidate()] }),
        relinkable({ name: 'e' }),
        need({ name: 'f' }),
      ]),
    );
    expect(sections()).toEqual([
      'To get', 'You have it', 'Choose one', 'Not found', 'Optional', 'On disk',
    ]);
    expect(tab.get('.doc').text()).toContain('6 models · 1 ready · 4 to settle');
  });

  it('says that everything is here', async () => {
    const here = analysis([need({ state: 'on_disk' }), need({ name: 'b', state: 'optional' })]);
    const { tab } = await stage(here);
    expect(tab.get('.all-here').text()).toContain('Ready to run');
    expect((await stage(analysis([need()]))).tab.find('.all-here').exists()).toBe(false);
  });

  it('names nodes that are not installed in one line', async () => {
    const found = {
      ...analysis([need()]),
      missing_nodes: [{ node_type: 'Gone', count: 2 }, { node_type: 'Away', count: 1 }],
    };
    const { tab } = await stage(found);
    expect(tab.get('.absent').text()).toBe('Not installed: Gone (2), Away');
  });

  it('says who could not be asked, once, with what would help', async () => {
    const failures = [
      problem('unknown_to_us', { message: 'Nobody answers.', hint: 'The download goes on.', family: 'remote' }),
      problem('civitai_key_refused', { family: 'credentials' }),
    ];
    const { tab, panel } = await stage(
      analysis([
        need({ name: 'a', state: 'missing', failures }),
        need({ name: 'b', state: 'missing', failures }),
      ]),
    );
    const lines = tab.findAll('.not-asked li').map((line) => line.text());
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe('Nobody answers.');
    expect(lines[1]).toContain('Set a new Civitai token');
    await tab.get('.not-asked button').trigger('click');
    expect(panel.ui.question).toEqual({ kind: 'token', provider: 'civitai' });
  });

  it('shows what is known at once while the rest is searched for', async () => {
    let answer: (found: Analysis) => void = () => undefined;
    const host = new FakeHost({ canvas: new FakeCanvas() });
    const local = analysis([need({ name: 'a', state: 'missing' }), need({ name: 'b', state: 'on_disk' })]);
    host.answer(ANALYZE, ({ body }: { body: unknown }) =>
      (body as { explore: boolean }).explore ? new Promise((come) => (answer = come)) : local,
    );
    const tab = inPanel(WorkflowTab, {}, createPanel(host));
    await flushPromises();
    expect(tab.findAll('[data-need]')).toHaveLength(2);
    const status = tab.get('.doc [aria-live=polite]');
    expect(status.text()).toBe('Searching for 1 file');
    answer(local);
    await flushPromises();
    expect(status.text()).toContain('2 models');
  });

  it('relinks several at once, and only those', async () => {
    const canvas = new FakeCanvas(openWorkflow({ workflow: { nodes: [] } }));
    const one = relinkable({ name: 'A/a' });
    const two = relinkable({ name: 'B/b' });
    one.relink!.changes = [change({ path: [], old: 'A/a' })];
    two.relink!.changes = [change({ path: [], old: 'B/b' })];
    const { panel, button } = await stage(analysis([one, two, need()]), canvas);
    await button('Relink all (2)')!.trigger('click');
    await flushPromises();
    expect(canvas.applied.map(({ old }) => old)).toEqual(['A/a', 'B/b']);
    expect(panel.ui.notice?.text).toBe('2 models are relinked.');
  });

  it('offers the relinked copy of an opened file', async () => {
    const { host, panel, tab, button } = await stage(analysis([relinkable()]), null);
    await panel.workflow.openFile({ name: 'x.json', text: () => Promise.resolve('{"a": 1}') } as File);
    host.answer('POST workflows/relink', { workflow: { b: 2 }, changes: [change()] });
    await flushPromises();
    expect(button('Save x.relinked.json')).toBeUndefined();
    await tab.get('[data-state=relink] .acts button').trigger('click');
    await flushPromises();
    await button('Save x.relinked.json')!.trigger('click');
    expect(JSON.parse(host.saved.get('x.relinked.json')!)).toEqual({ b: 2 });
  });

  it('moves between the rows with the arrows', async () => {
    const { tab } = await stage(analysis([need({ name: 'a' }), need({ name: 'b' }), need({ name: 'c' })]));
    const rows = tab.findAll<HTMLElement>('[data-need]');
    const press = async (key: string) => {
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await flushPromises();
      return (document.activeElement as HTMLElement).dataset['need'];
    };
    rows[0]!.element.focus();
    expect(await press('ArrowDown')).toBe('b');
    expect(await press('End')).toBe('c');
    expect(await press('ArrowDown')).toBe('c');
    expect(await press('Home')).toBe('a');
    expect(await press('ArrowUp')).toBe('a');
  });

  it('opens what ComfyUI saves workflows in', async () => {
    const { tab } = await stage(analysis());
    const accepted = tab.get('input[type=file]').attributes('accept')!.split(',');
    expect(accepted).toEqual(expect.arrayContaining(['.json', '.png', '.webp', '.mp4']));
  });
});
