import { describe, expect, it } from 'vitest';

import { hintsFor } from './searchHints';

const VALUES = { base: ['SDXL 1.0', 'Flux.1 D'], category: ['loras', 'vae'] };

describe('hintsFor', () => {
  it('shows what can be asked, as examples', () => {
    expect(hintsFor('', VALUES)).toContain('base:sdxl');
    expect(hintsFor('rain si', VALUES)).toEqual(['size>2GB']);
  });

  it('offers the values that the library has, ready to be used', () => {
    expect(hintsFor('base:', VALUES)).toEqual(['base:"SDXL 1.0" ', 'base:"Flux.1 D" ']);
    expect(hintsFor('rain -base:fl', VALUES)).toEqual(['-base:"Flux.1 D" ']);
    expect(hintsFor('type:v', VALUES)).toEqual(['type:vae ']);
  });

  it('offers what a key knows', () => {
    expect(hintsFor('is:du', VALUES)).toEqual(['is:duplicate ']);
  });

  it('is silent where nothing fits', () => {
    expect(hintsFor('portrait', VALUES)).toEqual([]);
    expect(hintsFor('is:broken', VALUES)).toEqual([]);
  });
});
