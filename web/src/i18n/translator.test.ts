import { describe, expect, it } from 'vitest';

import { directionOf } from './direction';
import { createTranslator } from './translator';

const english = {
  queue: {
    title: 'Queue',
    onlyEnglish: 'Only {name}',
    files_one: '{count} file',
    files_other: '{count} files',
  },
};

describe('createTranslator', () => {
  const t = createTranslator(english, 'en');

  it('finds nested keys and fills in parameters', () => {
    expect(t('queue.title')).toBe('Queue');
    expect(t('queue.onlyEnglish', { name: 'this' })).toBe('Only this');
  });

  it('leaves a placeholder that nothing fills', () => {
    expect(t('queue.onlyEnglish')).toBe('Only {name}');
  });

  it('puts a value in as it is, whatever it looks like', () => {
    expect(t('queue.onlyEnglish', { name: '{count} $& $1' })).toBe('Only {count} $& $1');
  });

  it('chooses the plural and groups the number', () => {
    expect(t('queue.files', { count: 1 })).toBe('1 file');
    expect(t('queue.files', { count: 3912 })).toBe('3,912 files');
  });

  it('knows the plural forms of the locale', () => {
    const russian = createTranslator(
      { files_one: '{count} файл', files_few: '{count} файла', files_other: '{count} файлов' },
      'ru',
    );
    expect([1, 3, 5, 21].map((count) => russian('files', { count }))).toEqual([
      '1 файл',
      '3 файла',
      '5 файлов',
      '21 файл',
    ]);
  });

  it('falls back to English with English plurals, then to the key', () => {
    const japanese = createTranslator({ queue: { title: 'キュー' } }, 'ja', english);
    expect(japanese('queue.title')).toBe('キュー');
    expect(japanese('queue.files', { count: 1 })).toBe('1 file');
    expect(japanese('queue.nothing')).toBe('queue.nothing');
    expect(japanese('queue')).toBe('queue');
  });

  it('keeps the order of what it puts into right-to-left texts', () => {
    const arabic = createTranslator({ got: 'وصل {name}' }, 'ar');
    expect(arabic('got', { name: 'a.gguf' })).toBe('وصل \u2068a.gguf\u2069');
  });
});

it('reads ar, fa and he from right to left', () => {
  expect(['ar', 'fa', 'he', 'ar-EG'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl']);
  expect(['en', 'zh-TW', 'pt-BR'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr']);
});
