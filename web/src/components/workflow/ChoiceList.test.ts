import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import type { Candidate } from '../../api/types';
import { createPanel } from '../../stores/panel';
import { FakeCanvas, FakeHost, openWorkflow } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { analysis, batch, candidate, change, need } from '../../testing/samples';
import ChoiceList from './ChoiceList.vue';

const FETCH = 'POST workflows/fetch';
const FIRST = candidate({ score: 85, host: 'Kijai/WanVideo_comfy', size: 319_000_000, sha256: 'ab'.repeat(32) });
const SECOND = candidate({
  source: 'civitai',
  url: 'https://civitai.com/api/download/models/7',
  title: 'CausVid 14B',
  page: 'https://civitai.com/models/7',
  note: 'fp8',
  size: null,
  evidence: [
    { code: 'name', points: 60, text: 'It is called x.' },
    { code: 'size_differs', points: -10, text: 'It has another size.' },
    { code: 'new_to_us', points: 1, text: 'A reason of tomorrow.' },
  ],
});

function stage(candidates: Candidate[] = [FIRST, SECOND]) {
  const canvas = new FakeCanvas();
  const host = new FakeHost({ canvas });
  host.answer(FETCH, { job: batch(), items: [{ job_id: 'b1', error: null }] });
  const panel = createPanel(host);
  const wanted = need({ state: 'choose', path: null, candidates });
  const list = inPanel(ChoiceList, { need: wanted }, panel);
  const radios = list.findAll<HTMLInputElement>('input[type=radio]');
  const use = () => list.get('.acl button').trigger('click').then(flushPromises);
  return { canvas, host, panel, list, radios, use };
}

describe('ChoiceList', () => {
  it('shows the best first, selected, with the reasons in words', () => {
    const { host, list, radios } = stage();
    expect(radios.map((radio) => radio.element.checked)).toEqual([true, false]);
    const [first, second] = list.findAll('.cand').map((each) => each.text().replaceAll('\u00a0', ' '));
    expect(first).toContain('Kijai / WanVideo_comfy');
    expect(first).toContain('319 MB');
    expect(first).toContain('Hugging Face · sha256');
    expect(second).toContain('CausVid 14B');
    expect(second).toContain('Name fits · Other size · A reason of tomorrow. · fp8 · Civitai');
    expect(host.requests).toEqual([]);
  });

  it('says nothing twice', () => {
    const evidence = [{ code: 'declared', points: 100, text: 'x' }];
    const { list } = stage([candidate({ source: 'workflow', evidence })]);
    expect(list.get('.cand .d').text()).toBe('Named by the workflow');
  });

  it('is one group for the keyboard', () => {
    const { list, radios } = stage();
    expect(new Set(radios.map((radio) => radio.element.name)).size).toBe(1);
    expect(radios[0]!.element.name).not.toBe('');
    expect(list.get('[role=radiogroup]').attributes('aria-label')).toBe('Which file is ae.safetensors?');
  });

  it('fetches nothing before somebody says so, and then the chosen one', async () => {
    const { host, panel, radios, use } = stage();
    await radios[1]!.setValue(true);
    expect(host.requests).toEqual([]);
    await use();
    expect(host.sent(FETCH)[0]!.body).toMatchObject({
      models: [{ name: 'ae.safetensors', url: SECOND.url, directory: 'vae', sha256: null }],
    });
    expect(panel.queue.jobs.has('b1')).toBe(true);
  });

  it('relinks to a file that is here instead of fetching it', async () => {
    const path = '/models/vae/SDXL/ae.safetensors';
    const here = candidate({ source: 'disk', url: null, path, changes: [change({ path: [] })] });
    const { canvas, host, list, use } = stage([here, FIRST]);
    canvas.workflow = openWorkflow({ workflow: { nodes: [] } });
    host.answer('POST workflows/analyze', analysis());
    expect(list.get('.cand').text()).toContain('SDXL/ae.safetensors');
    await use();
    expect(canvas.applied).toEqual([change({ path: [] })]);
    expect(host.sent(FETCH)).toEqual([]);
  });

  it('offers nothing to do with a file that no loader of the workflow finds', () => {
    const { list } = stage([candidate({ source: 'disk', url: null, path: '/models/loras/x.pt' })]);
    expect(list.get('.acl button').attributes('disabled')).toBeDefined();
  });

  it('leads to the page of the selected one, and to a link of one’s own', async () => {
    const { list, radios } = stage();
    expect(list.find('.acl a').exists()).toBe(false);
    await radios[1]!.setValue(true);
    expect(list.get('.acl a').attributes('href')).toBe(SECOND.page);
    await list.findAll('.acl button')[1]!.trigger('click');
    expect(list.findComponent(ChoiceList).emitted('paste')).toHaveLength(1);
  });
});
