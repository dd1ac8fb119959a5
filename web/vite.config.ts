import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/**
 * Two entries share their chunks. ComfyUI imports every `.js` below the folder it is given,
 * so exactly one file may end that way; all others are `.mjs`. Chunks are found relative to
 * the importing module, because the name of our folder is chosen by whoever clones it.
 */
const ENTRY_FILES: Record<string, string> = {
  'model-keeper': 'model-keeper.js',
  standalone: 'standalone.mjs',
};

const WITH_DOM = ['src/components/**/*.test.ts', 'src/hosts/standalone.test.ts'];

export default defineConfig({
  base: '',
  plugins: [vue()],
  define: {
    'process.env.NODE_ENV': JSON.stringify(process.env['VITEST'] ? 'test' : 'production'),
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    lib: {
      formats: ['es'],
      entry: {
        'model-keeper': 'src/main.comfyui.ts',
        standalone: 'src/main.standalone.ts',
      },
    },
    rolldownOptions: {
      output: {
        entryFileNames: (chunk) => ENTRY_FILES[chunk.name] ?? '[name].mjs',
        chunkFileNames: 'chunks/[name]-[hash].mjs',
        // The bundle stays readable and keeps the licences of what is in it.
        minify: 'dce-only',
        comments: { legal: true, annotation: false, jsdoc: false },
        codeSplitting: {
          groups: [
            { name: 'reactivity', test: /node_modules\/@vue\/(reactivity|shared)\//, priority: 2 },
            { name: 'vue', test: /node_modules\/(@vue|vue)\//, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    pool: 'threads',
    restoreMocks: true,
    unstubGlobals: true,
    sequence: { shuffle: true },
    testTimeout: 60_000, // the end of a hang: no test comes near it
    // A DOM takes longer to set up than most tests to run: only what paints has one.
    projects: [
      {
        extends: true,
        test: { name: 'logic', include: ['src/**/*.test.ts'], exclude: WITH_DOM },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          include: WITH_DOM,
          environment: 'jsdom',
          setupFiles: ['vitest.setup.ts'],
        },
      },
    ],
  },
});
