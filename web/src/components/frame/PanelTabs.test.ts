import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';

import { createPanel } from '../../stores/panel';
import { FakeCanvas, FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { analysis, job, need } from '../../testing/samples';
import PanelTabs from './PanelTabs.vue';

function stage() {
  const host = new FakeHost({ canvas: new FakeCanvas() });
  const panel = createPanel(host);
  const tabs = inPanel(PanelTabs, {}, panel);
  const all = () => tabs.findAll<HTMLElement>('[role=tab]');
  async function press(key: string): Promise<void> {
    const shown = all().find((tab) => tab.attributes('tabindex') === '0')!;
    shown.element.focus();
    await shown.trigger('keydown', { key });
    await nextTick();
  }
  /** By the word of the tab. */
  const pips = () =>
    Object.fromEntries(
      all().flatMap((tab) =>
        tab.find('.pip').exists() ? [[tab.get('.t').text(), tab.get('.pip').text()]] : [],
      ),
    ) as Record<string, string>;
  return { host, panel, tabs, all, press, pips };
}

describe('PanelTabs', () => {
  it('are tabs with their words, and one Tab stop', () => {
    const { tabs, all } = stage();
    expect(tabs.get('[role=tablist]').attributes('aria-label')).toBe('Model Keeper');
    expect(all().map((tab) => tab.text())).toEqual(['Queue', 'Workflow', 'Library', 'Health']);
    expect(all().map((tab) => tab.attributes('aria-selected'))).toEqual(['true', 'false', 'false', 'false']);
    expect(all().map((tab) => tab.attributes('tabindex'))).toEqual(['0', '-1', '-1', '-1']);
  });

  it('lead to their view', async () => {
    const { panel, all } = stage();
    await all()[1]!.trigger('click');
    expect(panel.ui.tab).toBe('workflow');
    expect(all().map((tab) => tab.attributes('tabindex'))).toEqual(['-1', '0', '-1', '-1']);
  });

  it.each([
    ['ArrowRight', ['workflow', 'library', 'health', 'queue']],
    ['ArrowLeft', ['health', 'library', 'workflow', 'queue']],
    ['ArrowDown', ['workflow', 'library', 'health', 'queue']],
    ['ArrowUp', ['health', 'library', 'workflow', 'queue']],
  ])('take the focus along by %s, round the ends', async (key, way) => {
    const { panel, all, press } = stage();
    for (const name of way) {
      await press(key);
      expect(panel.ui.tab).toBe(name);
      expect(document.activeElement).toBe(all().find((tab) => tab.attributes('tabindex') === '0')!.element);
    }
  });

  it('leave other keys alone', async () => {
    const { panel, press } = stage();
    await press('a');
    expect(panel.ui.tab).toBe('queue');
  });
});

describe('the pips', () => {
  it('are not there where nothing is to be said', () => {
    expect(stage().pips()).toEqual({});
  });

  it('count what is at work', async () => {
    const { panel, tabs, pips } = stage();
    panel.queue.put(job({ id: 'a', state: 'running' }));
    panel.queue.put(job({ id: 'b', state: 'verifying' }));
    panel.queue.put(job({ id: 'c' }));
    await nextTick();
    expect(pips()).toEqual({ Queue: '2' });
    expect(tabs.get('.pip').classes()).not.toContain('w');
    expect(tabs.get('[role=tab]').attributes('aria-label')).toBe('Queue, Downloading: 2');
  });

  it('say before all what needs a person', async () => {
    const { panel, tabs, pips } = stage();
    panel.queue.put(job({ id: 'a', state: 'running' }));
    panel.queue.put(job({ id: 'b', state: 'running' }));
    panel.queue.put(job({ id: 'f', state: 'failed' }));
    await nextTick();
    expect(pips()).toEqual({ Queue: '1' });
    expect(tabs.get('.pip').classes()).toContain('w');
    expect(tabs.get('[role=tab]').attributes('aria-label')).toBe('Queue, Needs you: 1');
  });

  it('count what the workflow has to settle, but not what is optional or here', async () => {
    const { host, panel, pips } = stage();
    const states = ['fetch', 'choose', 'missing', 'optional', 'on_disk'] as const;
    host.answer('POST workflows/analyze', analysis(states.map((state) => need({ name: state, state }))));
    await panel.workflow.look();
    await nextTick();
    expect(pips()).toEqual({ Workflow: '3' });
  });
});
