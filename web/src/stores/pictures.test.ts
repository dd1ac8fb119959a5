import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { model, models } from '../testing/librarySamples';
import { createPictures } from './pictures';

const OPTIONS = { size: 320, still: true };
const never = (): AbortSignal => new AbortController().signal;

beforeEach(() => {
  let made = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${(made += 1)}`);
  vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
});
afterEach(() => void vi.restoreAllMocks());

function stage() {
  const answers: (() => void)[] = [];
  const preview = vi.fn(
    () => new Promise<Blob>((resolve) => answers.push(() => resolve(new Blob()))),
  );
  const roots = ['/other/loras', '/models/loras'].map((path) => {
    return { category: 'loras', path, writable: true, is_default: false, free: null };
  });
  const pictures = createPictures({ preview } as never, () => Promise.resolve(roots));
  const answerAll = async (): Promise<void> => {
    while (answers.length > 0) {
      answers.shift()?.();
      await vi.waitFor(() => undefined);
    }
  };
  return { pictures, preview, answers, answerAll };
}

describe('pictures', () => {
  it('are asked for by the place of their model among its roots', async () => {
    const { pictures, preview, answers } = stage();
    void pictures.show(model({ relative: 'a/b.safetensors' }), OPTIONS, never());
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const address = { category: 'loras', root: 1, path: 'a/b.safetensors' };
    expect(preview).toHaveBeenCalledWith(address, 320, true, expect.anything());
  });

  it('are fetched six at a time', async () => {
    const { pictures, preview, answers } = stage();
    const all = models(20).map((each) => pictures.show(each, OPTIONS, never()));
    await vi.waitFor(() => expect(answers).toHaveLength(6));
    expect(preview).toHaveBeenCalledTimes(6);
    const done = Promise.all(all);
    while (preview.mock.calls.length < 20 || answers.length > 0) {
      answers.shift()?.();
      await Promise.resolve();
    }
    expect(new Set(await done).size).toBe(20);
  });

  it('are not fetched for who has gone on', async () => {
    const { pictures, preview, answers } = stage();
    const gone = new AbortController();
    for (const each of models(6)) void pictures.show(each, OPTIONS, never());
    const waiting = pictures.show(model({ name: 'late' }), OPTIONS, gone.signal);
    await vi.waitFor(() => expect(answers).toHaveLength(6));
    gone.abort();
    await expect(waiting).rejects.toThrow();
    answers.shift()?.();
    await Promise.resolve();
    expect(preview).toHaveBeenCalledTimes(6);
  });

  it('are kept until they change', async () => {
    const { pictures, preview, answerAll, answers } = stage();
    const first = pictures.show(model(), OPTIONS, never());
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    await answerAll();
    const before = await first;
    expect(await pictures.show(model(), OPTIONS, never())).toBe(before);
    pictures.changed(model());
    const again = pictures.show(model(), OPTIONS, never());
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    await answerAll();
    expect(await again).not.toBe(before);
    expect(preview).toHaveBeenCalledTimes(2);
  });
});
