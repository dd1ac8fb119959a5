import { defineConfig } from '@playwright/test';

import type { StageOptions } from './tests/e2e/stage';

/** The browser of the system serves; `CHROMIUM` names another one. */
export default defineConfig<StageOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  retries: process.env['CI'] ? 1 : 0, // it is reported as flaky then
  // The ends of hangs: no test comes near them, however loaded the machine.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: process.env['CI'] ? 'line' : 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    trace: 'on-first-retry', // a trace costs a third of the time; --trace=on where one is wanted
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--host-resolver-rules=MAP keeper.test 127.0.0.1',
      ],
    },
  },
  projects: [
    { name: 'standalone', use: { frontend: null, deviceScaleFactor: 2 } },
    { name: 'comfyui-1.45.20', use: { frontend: '1.45.20' } },
    { name: 'comfyui-1.58.1', use: { frontend: '1.58.1' } },
  ],
});
