import { flushPromises } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import type { BrokenModel } from '../../api/healthTypes';
import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { model } from '../../testing/librarySamples';
import { job, problem } from '../../testing/samples';
import BrokenPage from './BrokenPage.vue';

const SOURCE = 'https://models.example/a.safetensors';

function broken(given: Partial<BrokenModel> = {}): BrokenModel {
  return { ...model({ name: 'a.safetensors', problem: 'it is cut short' }), source: SOURCE, job: null, ...given };
}

function listed(...items: BrokenModel[]) {
  return { items, next: null, total: items.length, facets: null, scanned_at: 0, scanning: false };
}

async function stage(...items: BrokenModel[]) {
  const host = new FakeHost();
  host.answer('GET library/broken', listed(...items));
  const panel = createPanel(host);
  const page = inPanel(BrokenPage, {}, panel);
  await flushPromises();
  const names = () => page.findAll('.acts button').map((button) => button.text() || button.attributes('aria-label'));
  const press = async (): Promise<void> => {
    await page.get('.acts button').trigger('click');
    await flushPromises();
  };
  return { host, panel, names, press };
}

describe('broken files', () => {
  it('are got again first of all, where that is possible', async () => {
    const { host, panel, names, press } = await stage(broken());
    expect(names()).toEqual(['Get it again', 'To the trash']);
    const asked = job({ id: 'again' });
    host.answer('POST library/m-a.safetensors/get-again', { job: asked, deduplicated: false });
    host.answer('GET library/broken', listed(broken({ job: 'again' })));
    await press();
    expect(panel.ui.notice?.text).toContain('a.safetensors is being fetched again');
    expect(names()).toEqual(['In the queue', 'To the trash']);
    panel.ui.tab = 'health';
    await press();
    expect(panel.ui.tab).toBe('queue');
  });

  it('can only be thrown away where nobody knows their source', async () => {
    const { names } = await stage(broken({ source: null }));
    expect(names()).toEqual(['To the trash']);
  });

  it('say why they cannot be had', async () => {
    const { host, panel, names, press } = await stage(broken());
    host.refuse('POST library/m-a.safetensors/get-again', problem('source_unknown'));
    await press();
    expect(panel.ui.notice?.kind).toBe('bad');
    expect(names()).toEqual(['Get it again', 'To the trash']);
  });

  it('offer it anew when the job has ended without the file', async () => {
    const { names } = await stage(broken({ job: 'ended' }));
    expect(names()).toEqual(['Get it again', 'To the trash']);
  });
});
