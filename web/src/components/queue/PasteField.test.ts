import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createPanel } from '../../stores/panel';
import { FakeHost } from '../../testing/FakeHost';
import { inPanel } from '../../testing/inPanel';
import { batch, inspection, job, link, problem } from '../../testing/samples';
import PasteField from './PasteField.vue';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ROUTE = 'POST links/inspect';

function stage() {
  const host = new FakeHost();
  host.answer(ROUTE, inspection(link()));
  const panel = createPanel(host);
  const paste = inPanel(PasteField, {}, panel);
  const field = paste.get<HTMLInputElement>('.paste input');
  const root = paste.get<HTMLElement>('.mk-root').element;
  async function type(text: string, ms = 350): Promise<void> {
    await field.setValue(text);
    await vi.advanceTimersByTimeAsync(ms);
  }
  return { host, panel, paste, root, field, type, asked: () => host.sent(ROUTE).map(({ body }) => body) };
}

describe('PasteField', () => {
  it('asks what a text is when the typing has stopped', async () => {
    const { paste, type, asked } = stage();
    await type('https://hug', 349);
    await type('https://huggingface.co/ae', 349);
    expect(asked()).toEqual([]);
    expect(paste.text()).not.toContain('Looking');
    await vi.advanceTimersByTimeAsync(1);
    expect(asked()).toEqual([{ text: 'https://huggingface.co/ae' }]);
    expect(paste.get('[role=status]').text()).toContain('Hugging Face · vae');
  });

  it('asks nothing for blanks', async () => {
    const { paste, type, asked } = stage();
    await type('   ');
    expect(asked()).toEqual([]);
    expect(paste.find('[role=status]').exists()).toBe(false);
  });

  it('shows nothing of an answer that has been overtaken', async () => {
    const { host, paste, type } = stage();
    let come: (answer: unknown) => void = () => undefined;
    host.answer(ROUTE, () => new Promise((resolve) => (come = resolve)));
    await type('old');
    expect(paste.text()).toContain('Looking');
    const answerOld = come;
    await type('new');
    answerOld(inspection(link({ name: 'old.gguf' })));
    await vi.advanceTimersByTimeAsync(0);
    expect(paste.text()).toContain('Looking');
    come(inspection(link({ name: 'new.gguf' })));
    await vi.advanceTimersByTimeAsync(0);
    expect(paste.get('.fn').attributes('title')).toBe('new.gguf');
  });

  it('keeps lines apart that are pasted together', async () => {
    const { field } = stage();
    const pasted = 'https://a.example/1\r\nhttps://a.example/2\n';
    const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), {
      clipboardData: { getData: () => pasted },
    });
    field.element.dispatchEvent(event);
    await vi.advanceTimersByTimeAsync(0);
    expect(event.defaultPrevented).toBe(true);
    expect(field.element.value).toBe('https://a.example/1 https://a.example/2');
  });

  it('leaves one pasted line to the browser', () => {
    const { field } = stage();
    const event = Object.assign(new Event('paste', { cancelable: true }), {
      clipboardData: { getData: () => 'https://a.example/1' },
    });
    field.element.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });

  it('gets all of several links that can be fetched, as one batch', async () => {
    const { host, panel, paste, field, type } = stage();
    host.answer(
      ROUTE,
      inspection(
        link({ url: 'https://a.example/1', category: 'loras', size: 600 }),
        link({ url: 'https://a.example/2', size: 400 }),
        link({ url: 'https://a.example/3', error: problem('link_unreadable') }),
      ),
    );
    host.answer('POST batches', { job: batch(), items: [] });
    await type('three of them');
    expect(paste.findAll('.links li')).toHaveLength(3);
    const button = paste.get('.btn.pri');
    expect(button.text().replaceAll('\u00a0', ' ')).toBe('Get all (2) · 1.00 kB');
    await button.trigger('click');
    await vi.advanceTimersByTimeAsync(0);
    expect(host.sent('POST batches')[0]!.body).toEqual({
      items: [
        { url: 'https://a.example/1', category: 'loras' },
        { url: 'https://a.example/2', category: 'vae' },
      ],
    });
    expect(panel.queue.jobs.has('b1')).toBe(true);
    expect(field.element.value).toBe('');
  });

  it('says why nothing was recognised', async () => {
    const { host, paste, type } = stage();
    host.refuse(ROUTE, problem('unknown_to_us', { message: 'No folders.', hint: 'Start ComfyUI.' }), 503);
    await type('https://a.example/');
    expect(paste.get('[role=status]').text()).toContain('No folders. Start ComfyUI.');
    await type('');
    expect(paste.find('[role=status]').exists()).toBe(false);
  });

  it('offers to pair where that is what is wanted', async () => {
    const { host, panel, paste, type } = stage();
    host.refuse(ROUTE, problem('pairing_needed'), 403);
    await type('https://a.example/');
    await paste.get('[role=status] button').trigger('click');
    expect(panel.ui.question).toEqual({ kind: 'pair' });
  });

  it('is empty again when its link was fetched, and has the focus', async () => {
    const { host, panel, paste, field, type } = stage();
    host.answer('POST jobs', { job: job() });
    await type('https://huggingface.co/ae');
    const button = paste.get<HTMLElement>('.btn.pri');
    button.element.focus();
    await button.trigger('click');
    await vi.advanceTimersByTimeAsync(0);
    expect(panel.queue.jobs.has('j1')).toBe(true);
    expect(field.element.value).toBe('');
    expect(document.activeElement).toBe(field.element);
  });

  it('is emptied by Escape, which goes no further', async () => {
    const { root, field, type } = stage();
    const outside = vi.fn();
    root.addEventListener('keydown', outside);
    await type('something');
    await field.trigger('keydown', { key: 'Escape' });
    expect(field.element.value).toBe('');
    expect(outside).not.toHaveBeenCalled();
  });
});

describe('the key /', () => {
  function press(on: Element, key = '/') {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true });
    on.dispatchEvent(event);
    return event;
  }

  it('leads to the field, from anywhere in the panel', () => {
    const { root, field } = stage();
    const event = press(root.appendChild(document.createElement('button')));
    expect(document.activeElement).toBe(field.element);
    expect(event.defaultPrevented).toBe(true);
  });

  it.each(['input', 'textarea'])('is typed where somebody types, in an %s', (tag) => {
    const { root, field } = stage();
    const other = root.appendChild(document.createElement(tag));
    other.focus();
    expect(press(other).defaultPrevented).toBe(false);
    expect(document.activeElement).not.toBe(field.element);
  });

  it('is not another key, and nothing once the field is gone', () => {
    const { paste, root, field } = stage();
    press(root, 'x');
    expect(document.activeElement).not.toBe(field.element);
    const stopped = vi.spyOn(root, 'removeEventListener');
    paste.unmount();
    expect(stopped).toHaveBeenCalledWith('keydown', expect.any(Function));
  });
});
