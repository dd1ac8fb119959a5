/** A host with a fake Hub behind it, and the panel in it, whichever host the project is about. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { test as base, type Locator, type Page } from '@playwright/test';

const ROOT = resolve(import.meta.dirname, '../../..');
const PYTHON = process.env['PYTHON'] ?? join(ROOT, '.venv/bin/python');
const FRONTENDS = process.env['FRONTENDS'] ?? join(ROOT, 'build/frontends');

export interface Prop {
  name: string;
  category: string;
  link: string;
  size: number;
  sha256: string;
}

interface Ready {
  url: string;
  pid: number;
  state: string;
  models: string;
  workflow: Record<string, unknown>;
  /** Wants a file that is in another folder, one with two sources, and one that nobody publishes. */
  unsettled: Record<string, unknown>;
  pickle: string;
  props: Prop[];
}

export interface StageOptions {
  /** A version of ComfyUI's frontend; null: the standalone server. */
  frontend: string | null;
  /** Further options of the host. */
  options: string[];
}

export class Stage {
  constructor(
    readonly ready: Ready,
    readonly inside: boolean,
    private readonly program: ChildProcess,
  ) {}

  prop(name: string): Prop {
    const found = this.ready.props.find((each) => each.name.startsWith(name));
    if (!found) throw new Error(`there is no ${name} on the stage`);
    return found;
  }

  path(prop: Prop): string {
    return join(this.ready.models, prop.category, prop.name);
  }

  /** Whether the file lies in its folder with the right content. */
  holds(prop: Prop): boolean {
    const path = this.path(prop);
    if (!existsSync(path)) return false;
    return createHash('sha256').update(readFileSync(path)).digest('hex') === prop.sha256;
  }

  /** `kill -9` for the worker that runs now; its process number. */
  killWorker(): number {
    const { pid } = this.worker();
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  worker(): { pid: number } {
    return JSON.parse(readFileSync(join(this.ready.state, 'worker.json'), 'utf8')) as { pid: number };
  }

  /** Asks the API as a program does. */
  async api<T>(path: string): Promise<T> {
    const answer = await fetch(new URL(`model-manager/v1/${path}`, this.ready.url));
    return (await answer.json()) as T;
  }

  /** Opens the host's page, with the panel on it. */
  async open(page: Page): Promise<Locator> {
    await page.goto(this.ready.url);
    if (!this.inside) return page.locator('.mk');
    await page.waitForFunction(() => 'app' in window && Boolean((window as never as Host).app.isGraphReady));
    await page.evaluate(async () => {
      const { extensionManager } = (window as never as Host).app;
      const known = (): boolean =>
        extensionManager.getSidebarTabs().some((tab) => tab.id === 'model-keeper');
      while (!known()) await new Promise((later) => requestAnimationFrame(later));
      await extensionManager.command.execute('Workspace.ToggleSidebarTab.model-keeper');
    });
    const panel = page.locator('.mk');
    await panel.waitFor();
    return panel;
  }

  /** Opens a workflow as a person does who drops its file. */
  async openWorkflow(
    page: Page,
    panel: Locator,
    { name = 'Z-Image Turbo portrait', workflow = this.ready.workflow } = {},
  ): Promise<void> {
    const text = JSON.stringify(workflow);
    if (this.inside) {
      await page.evaluate(
        async ([json, file]) => {
          const made = new File([json], file, { type: 'application/json' });
          await (window as never as Host).app.handleFile(made);
        },
        [text, `${name}.json`] as const,
      );
    }
    await panel.getByRole('tab', { name: 'Workflow' }).click();
    if (this.inside) return;
    const buffer = Buffer.from(text);
    await panel
      .locator('input[type=file]')
      .setInputFiles({ name: `${name}.json`, mimeType: 'application/json', buffer });
  }

  /** Ends the host at once; the worker goes on. */
  kill(): void {
    process.kill(this.ready.pid, 'SIGKILL');
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.program.once('exit', done));
    this.program.stdin?.end();
    await ended;
  }
}

interface Host {
  app: {
    isGraphReady?: boolean;
    handleFile(file: File): Promise<void>;
    extensionManager: {
      getSidebarTabs(): { id: string }[];
      command: { execute(id: string): Promise<void> };
    };
  };
}

async function setUp(folder: string, frontend: string | null, more: string[]): Promise<Stage> {
  const host = frontend ? 'comfyui' : 'standalone';
  const options = ['--folder', folder, '--host', host, ...more];
  if (frontend) {
    options.push('--frontend', join(FRONTENDS, frontend, 'comfyui_frontend_package/static'));
  }
  const child = spawn(PYTHON, ['-m', 'model_keeper.testing.stage', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((done, failed) => {
    lines.once('line', done);
    child.once('exit', () => failed(new Error('the stage could not be set up')));
  });
  return new Stage(JSON.parse(line) as Ready, frontend !== null, child);
}

export const test = base.extend<StageOptions & { stage: Stage }>({
  frontend: [null, { option: true }],
  options: [[], { option: true }],
  stage: async ({ frontend, options }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'model-keeper-'));
    const stage = await setUp(folder, frontend, options);
    await use(stage);
    await stage.close();
    // the worker was asked to stop and may still be putting its last bytes down
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  },
});

export { expect } from '@playwright/test';

/** The row of a job, by the start of its file's name. */
export function rowOf(panel: Locator, prop: Prop): Locator {
  return panel.locator('[data-job]').filter({ has: panel.page().locator(`[title="${prop.name}"]`) });
}

/** Pastes a link and waits until it is recognised. */
export async function paste(panel: Locator, text: string): Promise<void> {
  await panel.getByPlaceholder('Paste a link').fill(text);
  await panel.locator('.rec .l1').waitFor();
}

export async function get(panel: Locator): Promise<void> {
  await panel.locator('.rec').getByRole('button', { name: 'Get', exact: true }).click();
}
