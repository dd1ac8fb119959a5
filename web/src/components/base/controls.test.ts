import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';

import Btn from './Btn.vue';
import CheckBox from './CheckBox.vue';
import EmptyState from './EmptyState.vue';
import Icon from './Icon.vue';
import IconButton from './IconButton.vue';
import SectionHeading from './SectionHeading.vue';
import Tag from './Tag.vue';

it('an icon is hidden from screen readers and turns only along the reading direction', () => {
  const play = mount(Icon, { props: { name: 'play' } });
  expect(play.attributes('aria-hidden')).toBe('true');
  expect(play.classes()).toContain('turn');
  expect(mount(Icon, { props: { name: 'clock' } }).classes()).not.toContain('turn');
});

it('an icon button has its words in label and title', () => {
  const button = mount(IconButton, { props: { icon: 'pause', label: 'Pause' } });
  expect(button.attributes()).toMatchObject({ 'aria-label': 'Pause', title: 'Pause' });
});

it('a button is a button, and with an address a link that gives nothing away', () => {
  expect(mount(Btn, { slots: { default: 'Get' } }).attributes('type')).toBe('button');
  const link = mount(Btn, { props: { href: 'https://hub.example/' } });
  expect(link.find('button').exists()).toBe(false);
  expect(link.attributes('href')).toBe('https://hub.example/');
  expect(link.attributes('rel')).toBe('noopener noreferrer');
});

it('a tag shows its kind by icon and words as well', () => {
  const tag = mount(Tag, { props: { kind: 'ok', icon: 'shc' }, slots: { default: 'sha256' } });
  expect(tag.text()).toBe('sha256');
  expect(tag.find('svg').exists()).toBe(true);
});

it('a tick box is a real one', async () => {
  const box = mount(CheckBox, { props: { modelValue: false, label: 'Get ae' } });
  await box.get('input').setValue(true);
  expect(box.emitted('update:modelValue')).toEqual([[true]]);
  expect(box.get('input').attributes('aria-label')).toBe('Get ae');
  await box.setProps({ mixed: true });
  expect(box.get('input').element.indeterminate).toBe(true);
});

it('a heading folds only where it is told whether it is open', async () => {
  const plain = mount(SectionHeading, { props: { title: 'To get', count: '3' } });
  expect(plain.find('button').exists()).toBe(false);
  expect(plain.get('h2').text()).toBe('To get');
  const folded = mount(SectionHeading, { props: { title: 'On disk', open: false } });
  expect(folded.get('button').attributes('aria-expanded')).toBe('false');
  await folded.get('button').trigger('click');
  expect(folded.emitted('toggle')).toHaveLength(1);
});

it('an empty state has a heading and one thing to do', () => {
  const empty = mount(EmptyState, {
    props: { title: 'Nothing to download', text: 'Paste a link.' },
    slots: { default: '<button>Open a file</button>' },
  });
  expect(empty.get('h2').text()).toBe('Nothing to download');
  expect(empty.get('button').text()).toBe('Open a file');
});
