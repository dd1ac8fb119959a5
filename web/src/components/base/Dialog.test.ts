import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import Dialog from './Dialog.vue';

let before: HTMLButtonElement;
let root: ShadowRoot;

beforeEach(() => {
  const host = document.createElement('div');
  document.body.replaceChildren(host);
  root = host.attachShadow({ mode: 'open' });
  before = document.createElement('button');
  root.append(before);
  before.focus();
});

function mounted() {
  const place = document.createElement('div');
  root.append(place);
  return mount(Dialog, {
    props: { title: 'Empty the trash for good?', text: 'This cannot be undone.', alert: true },
    slots: {
      default: '<a href="#files">6 files</a>',
      actions: '<button class="go">Delete</button><button class="safe" autofocus>Keep</button>',
    },
    attachTo: place,
  });
}

const focused = () => root.activeElement;

describe('Dialog', () => {
  it('is named by its title and told by its text', () => {
    const frame = mounted().get('[role=alertdialog]');
    expect(frame.attributes('aria-modal')).toBe('true');
    const told = (name: string) => root.getElementById(frame.attributes(name)!)?.textContent;
    expect(told('aria-labelledby')).toBe('Empty the trash for good?');
    expect(told('aria-describedby')).toBe('This cannot be undone.');
  });

  it('focuses the safe answer, not the first one', () => {
    mounted();
    expect(focused()?.className).toBe('safe');
  });

  it('keeps Tab inside, both ways round', async () => {
    const dialog = mounted();
    await dialog.get('.safe').trigger('keydown', { key: 'Tab' });
    expect(focused()?.getAttribute('href')).toBe('#files');
    await dialog.get('a').trigger('keydown', { key: 'Tab', shiftKey: true });
    expect(focused()?.className).toBe('safe');
  });

  it('closes on Escape and on the scrim, but not on a press inside', async () => {
    const dialog = mounted();
    await dialog.get('.dlg').trigger('click');
    expect(dialog.emitted('close')).toBeUndefined();
    await dialog.get('.safe').trigger('keydown', { key: 'Escape' });
    await dialog.get('.scrim').trigger('click');
    expect(dialog.emitted('close')).toHaveLength(2);
  });

  it('lets no key through to what lies below', async () => {
    const below = vi.fn();
    root.addEventListener('keydown', below);
    await mounted().get('.safe').trigger('keydown', { key: 'r' });
    expect(below).not.toHaveBeenCalled();
  });

  it('gives the focus back', () => {
    mounted().unmount();
    expect(focused()).toBe(before);
  });
});
