import { mount } from '@vue/test-utils';
import { nextTick } from 'vue';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import FileName from './FileName.vue';

const CHARACTER = 10;
let room = 0;
let resized: () => void;

/** As the style sheet has it: the element takes the whole name's width, if there is room. */
function widthOf(element: Element): number {
  const text = element.matches('.fn') ? element.querySelector('.whole')?.textContent : null;
  const wanted = (text ?? element.textContent).length * CHARACTER;
  return element.matches('.fn') ? Math.min(room, wanted) : wanted;
}

beforeEach(() => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return { width: widthOf(this) } as DOMRect;
  });
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: () => void) {
        resized = callback;
      }
      observe(): void {
        resized();
      }
      unobserve(): void {}
      disconnect(): void {}
    },
  );
});

const NAME = 'wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors';
const shownIn = (name: ReturnType<typeof mount>) => name.get('.shown').text();

async function mounted(characters: number, props: { name: string; short?: boolean }) {
  room = characters * CHARACTER;
  const name = mount(FileName, { props, attachTo: document.body });
  await nextTick();
  return name;
}

describe('FileName', () => {
  it('says the full name to the pointer and to a screen reader, whatever it shows', async () => {
    const name = await mounted(30, { name: NAME });
    expect(name.attributes('title')).toBe(NAME);
    expect(name.get('.whole').text()).toBe(NAME);
    expect(name.get('.shown').attributes('aria-hidden')).toBe('true');
    expect(shownIn(name)).toBe('wan2.2_t2v_high_n…B_fp8_scaled');
  });

  it('follows the width there is', async () => {
    const name = await mounted(30, { name: NAME });
    room = 100 * CHARACTER;
    resized();
    await nextTick();
    expect(shownIn(name)).toBe(NAME);
    expect(name.get('.x').text()).toBe('.safetensors');
  });

  it('follows its name', async () => {
    const name = await mounted(20, { name: 'ae.safetensors' });
    expect(shownIn(name)).toBe('ae.safetensors');
    await name.setProps({ name: NAME });
    await nextTick();
    expect(shownIn(name)).toBe('wan2.2_…B_fp8_scaled');
  });

  it('does not show .safetensors where it is short', async () => {
    const name = await mounted(100, { name: NAME, short: true });
    expect(shownIn(name)).toBe('wan2.2_t2v_high_noise_14B_fp8_scaled');
    expect(name.attributes('title')).toBe(NAME);
  });

  it('leaves nothing behind of its measuring', async () => {
    const name = await mounted(30, { name: NAME });
    expect(name.findAll('.fn > *')).toHaveLength(2);
  });
});
