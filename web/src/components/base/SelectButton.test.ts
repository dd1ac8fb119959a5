import { mount } from '@vue/test-utils';
import { nextTick } from 'vue';
import { expect, it } from 'vitest';

import SelectButton from './SelectButton.vue';

const items = [
  { id: 'd', label: 'D:\\models\\diffusion_models' },
  { id: 'e', label: 'E:\\models' },
];

function mounted() {
  return mount(SelectButton, {
    props: { label: 'Folder', items, modelValue: 'e' },
    attachTo: document.body,
  });
}

it('says what it chooses and what is chosen', () => {
  const button = mounted().get('button');
  expect(button.text()).toBe('E:\\models');
  expect(button.attributes('aria-label')).toBe('Folder: E:\\models');
});

it('opens with the focus on the choice that holds, and takes another one', async () => {
  const select = mounted();
  await select.get('button').trigger('keydown', { key: 'ArrowDown' });
  expect(document.activeElement?.getAttribute('data-id')).toBe('e');
  expect(document.activeElement?.getAttribute('aria-selected')).toBe('true');
  document.querySelector<HTMLElement>('[data-id=d]')!.click();
  await nextTick();
  expect(select.emitted('update:modelValue')).toEqual([['d']]);
  expect(document.querySelector('[role=listbox]')).toBeNull();
  expect(document.activeElement).toBe(select.get('button').element);
});
