import { beforeEach, describe, expect, it, vi } from 'vitest';
import { flushPromises } from '@vue/test-utils';

import { createPanel } from '../../stores/panel';
import { FakeCanvas, FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { changed, metadata, model, modelPage, models } from '../../testing/librarySamples';
import { problem } from '../../testing/samples';
import LibraryTab from './LibraryTab.vue';

/** jsdom has no layout: a list of 300 × 480, which shows two columns. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(480);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(300);
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:picture');
});

async function stage(page = modelPage(models(5_000)), canvas?: FakeCanvas) {
  const host = new FakeHost(canvas ? { canvas } : {});
  host.answer('GET library', page);
  host.answer('GET updates', { items: [] });
  host.answer('GET filters', { items: [] });
  for (const each of page.items.slice(0, 30)) {
    host.answer(`GET library/${each.id}`, each);
    host.answer(`GET library/${each.id}/metadata`, metadata({ id: each.id }));
    host.answer(`GET library/${each.id}/metadata/history`, { items: [] });
    host.answer(`GET library/${each.id}/previews`, { items: [] });
  }
  host.answer('GET library/preview/facts', { path: null, media_type: null, chosen: false });
  const panel = createPanel(host);
  const tab = inPanel(LibraryTab, {}, panel);
  await flushPromises();
  const cells = () => tab.findAll<HTMLElement>('[data-index]');
  const press = async (key: string, more: KeyboardEventInit = {}): Promise<void> => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    document.activeElement?.dispatchEvent(event);
    await flushPromises();
  };
  const focused = () => (document.activeElement as HTMLElement).dataset['index'];
  return { host, panel, tab, cells, press, focused };
}

describe('a long list', () => {
  it('is drawn as far as it is in sight, and is as long as all of it', async () => {
    const { tab, cells } = await stage();
    expect(cells().length).toBeLessThan(40);
    expect(tab.get('[role=grid]').attributes('aria-rowcount')).toBe('2500');
    const length = Number.parseInt(tab.get<HTMLElement>('.length').element.style.blockSize);
    expect(length).toBeGreaterThan(100_000);
  });

  it('draws other models when it is scrolled', async () => {
    const { tab, cells } = await stage();
    const list = tab.get<HTMLElement>('[role=grid]');
    list.element.scrollTop = 50_000;
    await list.trigger('scroll');
    expect(Number(cells()[0]?.attributes('data-index'))).toBeGreaterThan(300);
    expect(cells().length).toBeLessThan(40);
  });
});

describe('the keyboard', () => {
  it('has one Tab stop, and goes from model to model', async () => {
    const { cells, press, focused } = await stage();
    expect(cells().filter((cell) => cell.attributes('tabindex') === '0')).toHaveLength(1);
    cells()[0]?.element.focus();
    await press('ArrowDown');
    expect(focused()).toBe('2');
    await press('ArrowRight');
    expect(focused()).toBe('3');
    await press('End');
    expect(focused()).toBe('4999');
  });

  it('jumps to the end at once, and stands on the model there when it has come', async () => {
    const { host, cells, press, focused } = await stage(modelPage(models(200), { total: 50_000 }));
    let arrive: (page: object) => void = () => undefined;
    host.answer('GET library', () => new Promise((resolve) => (arrive = resolve)));
    const before = host.sent('GET library').length;
    cells()[0]?.element.focus();
    await press('End');
    expect(focused()).toBe('49999');
    arrive(modelPage(models(200, 49_800), { total: 50_000 }));
    await flushPromises();
    expect(focused()).toBe('49999');
    expect((document.activeElement as HTMLElement).dataset['model']).toBe('m49999.safetensors');
    expect(host.sent('GET library').slice(before).map(({ query }) => query.get('offset'))).toEqual(['49800']);
  });

  it('opens one model, and leads back to it', async () => {
    const { tab, cells, press, focused } = await stage();
    cells()[0]?.element.focus();
    await press('ArrowRight');
    await press('Enter');
    expect(tab.find('.detail').exists()).toBe(true);
    await press('Escape');
    expect(tab.find('.detail').exists()).toBe(false);
    expect(focused()).toBe('1');
  });

  it('picks several, all of them, and throws them away', async () => {
    const { host, panel, tab, cells, press } = await stage(modelPage(models(3)));
    host.answer('POST library/actions', changed());
    cells()[0]?.element.focus();
    await press('ArrowRight', { shiftKey: true });
    expect(tab.get('.bulk').text()).toContain('2 selected');
    expect(tab.findAll('[aria-selected=true]')).toHaveLength(2);
    await press('a', { ctrlKey: true });
    expect(tab.get('.bulk').text()).toContain('3 selected');
    await press('Delete');
    expect(host.sent('POST library/actions')[0]?.body).toEqual({ action: 'trash', query: '', category: null, without: [] });
    expect(panel.library.selection.state.on).toBe(false);
  });
});

it('picking several goes on in the list, and leaves the focus there', async () => {
  const { tab, focused } = await stage(modelPage(models(3)));
  const press = async (label: string): Promise<void> => {
    const button = tab.get<HTMLElement>(`[aria-label="${label}"]`).element;
    button.focus();
    button.click();
    await flushPromises();
  };
  await press('Select several');
  expect(tab.get('.bulk').text()).toContain('0 selected');
  expect(focused()).toBe('0');
  await press('Leave selection');
  expect(tab.find('.bulk').exists()).toBe(false);
  expect(focused()).toBe('0');
});

describe('a model that is thrown away', () => {
  /** A library from which what is thrown away is gone. */
  async function shrinking(count: number) {
    let left = models(count);
    const found = await stage(modelPage(left));
    found.host.answer('GET library', () => modelPage(left));
    found.host.answer('POST library/actions', ({ body }: { body: { ids: string[] } }) => {
      left = left.filter(({ id }) => !body.ids.includes(id));
      return changed({ results: body.ids.map((id) => ({ id, new_id: null, error: null })) });
    });
    const name = () => (document.activeElement as HTMLElement).dataset['model'];
    return { ...found, name };
  }

  it('leaves the focus to the one that took its place, and in the end to the search', async () => {
    const { cells, press, focused, name, tab } = await shrinking(4);
    cells()[1]?.element.focus();
    await press('Delete');
    expect([focused(), name()]).toEqual(['1', 'm2.safetensors']);
    await press('End');
    await press('Delete');
    expect([focused(), name()]).toEqual(['1', 'm2.safetensors']);
    await press('Delete');
    expect([focused(), name()]).toEqual(['0', 'm0.safetensors']);
    await press('Delete');
    expect(document.activeElement).toBe(tab.get('.srch input').element);
  });

  it('with others leaves the focus in the list, also when it was asked for above it', async () => {
    const { cells, press, name, tab } = await shrinking(4);
    cells()[0]?.element.focus();
    await press(' ');
    await press('ArrowRight', { shiftKey: true });
    tab.get<HTMLElement>('.bulk [aria-label="Move to trash"]').element.focus();
    (document.activeElement as HTMLElement).click();
    await flushPromises();
    expect(name()).toBe('m3.safetensors');
  });
});

describe('the menu of a model', () => {
  const MENU_KEYS: [string, KeyboardEventInit][] = [['F10', { shiftKey: true }], ['ContextMenu', {}]];
  const menu = () => document.querySelector<HTMLElement>('[role=menu]');
  const at = () => (document.activeElement as HTMLElement).dataset['id'];

  it.each(MENU_KEYS)('is opened by %s, walked by arrows, and left to the model it is of', async (key, init) => {
    const { cells, press, focused } = await stage(modelPage(models(3)));
    cells()[0]?.element.focus();
    await press('ArrowRight');
    await press(key, init);
    expect(menu()?.getAttribute('aria-label')).toBe('m1.safetensors');
    expect(cells()[1]?.get('.more').attributes('aria-expanded')).toBe('true');
    expect(at()).toBe('details');
    await press('ArrowDown');
    expect(at()).toBe('refresh');
    await press('Escape');
    expect(menu()).toBeNull();
    expect(focused()).toBe('1');
  });

  it('is opened by the button of each, which closes it as well', async () => {
    const { panel, cells, focused } = await stage(modelPage(models(3)));
    const button = cells()[2]?.get('.more');
    await button?.trigger('click');
    expect(menu()).not.toBeNull();
    expect(panel.library.detail.model.value).toBeNull();
    await button?.trigger('click');
    expect(menu()).toBeNull();
    expect(focused()).toBe('2');
  });

  it('stands where the pointer is on a right click', async () => {
    vi.spyOn(window, 'innerWidth', 'get').mockReturnValue(1_000);
    const { cells } = await stage(modelPage(models(3)));
    const event = new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 120, clientY: 60 });
    cells()[0]?.element.dispatchEvent(event);
    await flushPromises();
    expect(event.defaultPrevented).toBe(true);
    expect(menu()?.style.left).toBe('120px');
  });

  it('does what is chosen to its model alone, and asks first where it has to', async () => {
    const { host, cells, press, focused, tab } = await stage(modelPage(models(3)));
    host.answer('POST library/actions', changed());
    cells()[1]?.element.focus();
    await press('F10', { shiftKey: true });
    menu()?.querySelector<HTMLElement>('[data-id=rename]')?.click();
    await flushPromises();
    expect(tab.get('input[autofocus]').element).toHaveProperty('value', 'm1');
    await press('Escape');
    expect(focused()).toBe('1');
    await press('F10', { shiftKey: true });
    menu()?.querySelector<HTMLElement>('[data-id=trash]')?.click();
    await flushPromises();
    expect(host.sent('POST library/actions')[0]?.body).toEqual({ action: 'trash', ids: ['m-m1.safetensors'] });
  });

  it('opens its details, which lead back to it', async () => {
    const { tab, cells, press, focused } = await stage(modelPage(models(3)));
    cells()[1]?.element.focus();
    await press('ContextMenu');
    menu()?.querySelector<HTMLElement>('[data-id=details]')?.click();
    await flushPromises();
    expect(tab.find('.detail').exists()).toBe(true);
    await press('Escape');
    expect(focused()).toBe('1');
  });

  it('is that of all while several are picked', async () => {
    const { tab, cells, press } = await stage(modelPage(models(3)));
    cells()[0]?.element.focus();
    await press('ArrowRight', { shiftKey: true });
    await press('F10', { shiftKey: true });
    expect(at()).toBe('all');
    expect(tab.find('.card .more').exists()).toBe(false);
  });
});

describe('the search', () => {
  it('is reached by a slash, and tells where it does not understand', async () => {
    const { host, tab, press, cells } = await stage();
    cells()[0]?.element.focus();
    await press('/');
    const field = tab.get<HTMLInputElement>('.srch input');
    expect(document.activeElement).toBe(field.element);
    host.refuse('GET library', problem('query_value_wrong', { message: 'Not “x”.' }), 400);
    await field.setValue('size>x');
    await vi.waitFor(() => expect(tab.get('.help .bad').text()).toBeTruthy());
    expect(field.attributes('aria-invalid')).toBe('true');
    expect(cells().length).toBeGreaterThan(0);
  });

  it('shows filters as chips, the last of which can be typed again', async () => {
    const { tab } = await stage();
    const field = tab.get<HTMLInputElement>('.srch input');
    await field.setValue('base:sdxl -anime ');
    expect(tab.findAll('.chip').map((chip) => chip.text())).toEqual(['base:sdxl', '−anime']);
    expect(field.element.value).toBe('');
    await field.trigger('keydown', { key: 'Backspace' });
    expect(field.element.value).toBe('-anime');
    await tab.get('.chip').trigger('click');
    expect(tab.findAll('.chip')).toHaveLength(0);
  });

  it('that finds nothing says without what it would find more', async () => {
    const { host, tab, panel } = await stage();
    host.answer('GET library', ({ query }: { query: URLSearchParams }) =>
      modelPage([], { total: query.get('q') === 'rain' ? 14 : 0 }),
    );
    panel.library.change({ filters: ['size<1MB'], text: 'rain' });
    await flushPromises();
    await vi.waitFor(() => expect(tab.text()).toContain('Without “size<1MB” there are 14.'));
    await tab.get('.empty button').trigger('click');
    expect(panel.library.wish.filters).toEqual([]);
  });
});

describe('a model', () => {
  it('says all of itself to a screen reader', async () => {
    const broken = model({ problem: 'cut short', runs: 97, marks: { favourite: true, rating: 0, notes: '', tags: [] } });
    const { tab } = await stage(modelPage([broken]));
    expect(tab.get('[data-index]').attributes('aria-label')).toBe(
      'detail.safetensors, SDXL 1.0, 1.00\u00a0MB, 97 runs, Cannot be read, Favourite',
    );
  });

  it('goes to the canvas by a press, or by hand', async () => {
    const canvas = new FakeCanvas();
    const { panel, tab } = await stage(modelPage([model({ relative: 'a/detail.safetensors' })]), canvas);
    await tab.get('.card .tools button').trigger('click');
    await flushPromises();
    const placed = { category: 'loras', path: 'a/detail.safetensors' };
    expect(canvas.added).toEqual([placed]);
    await tab.get('.card').trigger('dragstart');
    canvas.drop?.();
    expect(canvas.added).toEqual([placed, placed]);
    await tab.get('.card').trigger('dragend');
    expect(canvas.drop).toBeNull();
    canvas.loads = false;
    await tab.get('.card .tools button').trigger('click');
    await flushPromises();
    expect(panel.ui.notice?.kind).toBe('warn');
  });

  it('is not offered to a canvas that is not there', async () => {
    const { tab } = await stage(modelPage([model()]));
    expect(tab.find('.card .tools').exists()).toBe(false);
  });

  it('that is explicit is blurred, and all are in private', async () => {
    const explicit = [model({ name: 'a', preview_nsfw_level: 8 }), model({ name: 'b', preview_nsfw_level: 1 })];
    const { host, panel, tab } = await stage(modelPage(explicit));
    const blurred = () => tab.findAll('.pic').map((picture) => picture.classes('blur'));
    expect(blurred()).toEqual([true, false]);
    host.answer('PATCH settings', { values: { preview_private: true } });
    await panel.session.change({ preview_private: true });
    await flushPromises();
    expect(blurred()).toEqual([true, true]);
    host.answer('PATCH settings', { values: { preview_limit: 'x' } });
    await panel.session.change({ preview_limit: 'x' });
    await flushPromises();
    expect(blurred()).toEqual([false, false]);
  });
});
