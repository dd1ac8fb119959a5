import { defineConfig } from 'eslint/config';
import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';

/** Only the ComfyUI host may know that ComfyUI is there. */
const COMFYUI_MODULES = {
  regex: '^/scripts/',
  message: 'Only src/hosts/comfyui*.ts talks to ComfyUI.',
};

export default defineConfig(
  { ignores: ['dist/', 'node_modules/', 'test-results/', 'src/api/schema.d.ts'] },
  ...ts.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        parser: ts.parser,
        projectService: { allowDefaultProject: ['eslint.config.js', 'scripts/*.mjs'] },
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: [COMFYUI_MODULES] }],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'max-lines': ['error', { max: 200 }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-restricted-block': ['error', { element: 'style', message: 'Styles live in src/styles.' }],
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always', normal: 'always' } }],
      'vue/require-default-prop': 'off',
      // The script of a component is one function to the linter; its length is the file's.
      'max-lines-per-function': 'off',
    },
  },
  {
    files: ['src/hosts/comfyui*.ts', 'src/main.comfyui.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // A store is one function around its state; what counts is the length of those in it.
    // The page of ComfyUI has the stores from its start, but Vue itself only with the first opening.
    files: ['src/stores/**'],
    rules: {
      'max-lines-per-function': ['error', { max: 150 }],
      'vue/prefer-import-from-vue': 'off',
    },
  },
  {
    files: ['**/*.test.ts', 'tests/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['scripts/**'], ...ts.configs.disableTypeChecked },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
);
