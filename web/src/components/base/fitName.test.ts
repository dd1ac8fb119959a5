import { describe, expect, it } from 'vitest';

import { fitName, splitName, type FitOptions } from './fitName';

const WIDTH = 10;
const measure = (text: string) => text.length * WIDTH;

function shown(name: string, characters: number, options?: FitOptions): string {
  const { stem, extension } = fitName(name, characters * WIDTH, measure, options);
  return stem + extension;
}

const HIGH_NOISE = 'wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors';

describe('fitName', () => {
  it('shows the whole name where it fits', () => {
    expect(shown(HIGH_NOISE, HIGH_NOISE.length)).toBe(HIGH_NOISE);
  });

  it('drops .safetensors before a letter of the stem', () => {
    expect(shown(HIGH_NOISE, HIGH_NOISE.length - 1)).toBe('wan2.2_t2v_high_noise_14B_fp8_scaled');
    expect(shown('AE.SafeTensors', 5)).toBe('AE');
  });

  it('never drops another extension', () => {
    for (const extension of ['.pth', '.ckpt', '.gguf']) {
      const name = `some_quite_long_name_of_an_upscaler_4x${extension}`;
      expect(shown(name, 26).endsWith(`upscaler_4x${extension}`)).toBe(true);
    }
  });

  it('cuts the middle and keeps the last 12 characters', () => {
    expect(shown(HIGH_NOISE, 30)).toBe('wan2.2_t2v_high_n…B_fp8_scaled');
  });

  it('fills the room that there is', () => {
    for (let characters = 17; characters < 37; characters += 1) {
      expect(shown(HIGH_NOISE, characters)).toHaveLength(Math.min(characters, 36));
    }
  });

  it('keeps four characters at the start however little room there is', () => {
    expect(shown(HIGH_NOISE, 3)).toBe('wan2…B_fp8_scaled');
  });

  it('leaves a name alone that a cut would not make shorter', () => {
    expect(shown('sixteen_letters_.gguf', 4)).toBe('sixteen_letters_.gguf');
  });

  it('takes a link as one piece and keeps as much of its end as asked', () => {
    const link = 'https://hub.example/Comfy-Org/z_image_turbo/z_image_turbo_bf16.safetensors';
    const options = { plain: true, keep: 21 };
    expect(shown(link, 36, options)).toBe('https://hub.ex…urbo_bf16.safetensors');
  });
});

describe('splitName', () => {
  it.each([
    ['ae.safetensors', 'ae', '.safetensors'],
    ['model.v1.5', 'model.v1.5', ''],
    ['flux-dev-Q4_K.gguf', 'flux-dev-Q4_K', '.gguf'],
    ['.hidden', '.hidden', ''],
    ['no_extension', 'no_extension', ''],
  ])('%s', (name, stem, extension) => {
    expect(splitName(name)).toEqual({ stem, extension });
  });
});
