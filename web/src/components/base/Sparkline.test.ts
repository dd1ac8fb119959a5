import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';

import Sparkline from './Sparkline.vue';
import { sparkPath } from './sparkPath';

it('draws the last 60 values, the highest at the top and the newest at the end', () => {
  const values = Array.from({ length: 100 }, (_, at) => at);
  const line = mount(Sparkline, { props: { values } }).get('.l').attributes('d')!;
  expect(line.match(/[ML]/g)).toHaveLength(60);
  expect(line.startsWith('M0.0 ')).toBe(true);
  expect(line.endsWith('L100.0 1.0')).toBe(true);
});

it('grows from the end while there are fewer', () => {
  expect(sparkPath([0, 5], 3)).toBe('M50.0 23.0L100.0 1.0');
});

it('lies on the ground while nothing moves', () => {
  expect(sparkPath([0, 0], 2)).toBe('M0.0 23.0L100.0 23.0');
});

it('draws no line through one value', () => {
  expect(
    mount(Sparkline, { props: { values: [3] } })
      .find('path')
      .exists(),
  ).toBe(false);
});
