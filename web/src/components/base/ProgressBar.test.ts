import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';

import ProgressBar from './ProgressBar.vue';

describe('ProgressBar', () => {
  it('has a name and a value for screen readers', () => {
    const bar = mount(ProgressBar, { props: { cells: [1, 0.5], label: 'Downloading ae' } });
    expect(bar.attributes()).toMatchObject({
      role: 'progressbar',
      'aria-label': 'Downloading ae',
      'aria-valuemin': '0',
      'aria-valuemax': '100',
      'aria-valuenow': '75',
    });
  });

  it('takes the fraction of all bytes before that of its cells', () => {
    const bar = mount(ProgressBar, { props: { cells: [1, 0], value: 0.68, label: 'ae' } });
    expect(bar.attributes('aria-valuenow')).toBe('68');
  });

  it('says a hundred only when all is there', () => {
    const bar = mount(ProgressBar, { props: { cells: [0.999], label: 'ae' } });
    expect(bar.attributes('aria-valuenow')).toBe('99');
  });

  it('draws one cell a connection, never beyond its ends', () => {
    const bar = mount(ProgressBar, { props: { cells: [-0.1, 0.25, 1.2], label: 'ae' } });
    const widths = bar.findAll('i').map((cell) => cell.attributes('style'));
    expect(widths).toEqual(['--f: 0%;', '--f: 25%;', '--f: 100%;']);
  });

  it('shows what is done to the bytes', () => {
    const bar = mount(ProgressBar, { props: { cells: [0.7], kind: 'check', label: 'ae' } });
    expect(bar.classes()).toContain('check');
  });

  it('stands at nought without cells', () => {
    const bar = mount(ProgressBar, { props: { cells: [], label: 'ae' } });
    expect(bar.attributes('aria-valuenow')).toBe('0');
  });
});
