/** A page of somebody else, open in the same browser, must change nothing. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Page } from '@playwright/test';

import { expect, test, type Stage } from './stage';

const ROUTE = 'model-manager/v1/jobs';

interface Attack {
  name: string;
  /** Runs in the foreign page. */
  run: (page: Page, target: string, body: string) => Promise<unknown>;
}

const ATTACKS: Attack[] = [
  {
    name: 'a form',
    run: async (page, target, body) => {
      const answered = page.waitForResponse(target);
      await page.evaluate(
        ([action, value]) => {
          const frame = document.createElement('iframe');
          frame.name = 'answer'; // before it is there: later it names nothing any more
          document.body.append(frame);
          const form = document.createElement('form');
          Object.assign(form, { action, method: 'post', enctype: 'text/plain', target: 'answer' });
          const input = document.createElement('input');
          input.name = value.slice(0, -1) + ',"x":"';
          input.value = '"}';
          form.append(input);
          document.body.append(form);
          form.submit();
        },
        [target, body] as const,
      );
      await answered;
    },
  },
  ...(['cors', 'no-cors'] as const).flatMap((mode) =>
    ['text/plain', 'application/json'].map((type) => ({
      name: `fetch, ${mode}, ${type}`,
      run: (page: Page, target: string, body: string) =>
        page.evaluate(
          async ([url, data, how, kind]) => {
            const init = { method: 'POST', body: data, mode: how, headers: { 'Content-Type': kind } };
            await fetch(url, init as RequestInit).catch(() => undefined);
          },
          [target, body, mode, type] as const,
        ),
    })),
  ),
  {
    name: 'fetch with our header',
    run: (page, target, body) =>
      page.evaluate(
        async ([url, data]) => {
          const headers = { 'X-Model-Keeper': '1' };
          await fetch(url, { method: 'POST', body: data, headers }).catch(() => undefined);
        },
        [target, body] as const,
      ),
  },
  {
    name: 'an iframe without an origin',
    run: (page, target, body) =>
      page.evaluate(
        async ([url, data]) => {
          const frame = document.createElement('iframe');
          frame.sandbox.add('allow-scripts', 'allow-forms');
          const call = `fetch(${JSON.stringify(url)},{method:'POST',mode:'no-cors',body:${JSON.stringify(data)}})`;
          frame.srcdoc = `<script>${call}.finally(()=>parent.postMessage('done','*'))</script>`;
          const done = new Promise((finished) => addEventListener('message', finished));
          document.body.append(frame);
          await done;
        },
        [target, body] as const,
      ),
  },
];

async function foreignSite(): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, answer) => {
    answer.setHeader('Content-Type', 'text/html');
    answer.end('<!doctype html><title>elsewhere</title><body></body>');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://localhost:${port}/` };
}

async function jobs(stage: Stage): Promise<number> {
  return (await stage.api<{ total: number }>('jobs')).total;
}

test('a foreign page enqueues nothing, whichever way it tries', async ({ page, stage }) => {
  const { server, url } = await foreignSite();
  try {
    await page.goto(url);
    const body = JSON.stringify({ url: stage.prop('ae').link });
    for (const path of [ROUTE, `api/${ROUTE}`]) {
      const target = new URL(path, stage.ready.url).href;
      for (const attack of ATTACKS) {
        await attack.run(page, target, body);
        expect(await jobs(stage), attack.name).toBe(0);
      }
    }
  } finally {
    server.close();
  }
  // the same request from where it belongs does something, so the attacks above were real ones
  const own = await stage.open(page);
  await expect(own).toBeVisible();
  await page.evaluate(
    async ([target, link]) => {
      const headers = { 'Content-Type': 'application/json' };
      await fetch(target, { method: 'POST', headers, body: JSON.stringify({ url: link }) });
    },
    [new URL(`api/${ROUTE}`, stage.ready.url).href, stage.prop('ae').link] as const,
  );
  await expect.poll(() => jobs(stage)).toBe(1);
});

test('a name that leads here by accident or design reads, and pairs before it writes', async ({
  page,
  stage,
}) => {
  const address = new URL(stage.ready.url);
  address.hostname = 'keeper.test';
  await page.goto(address.href);
  const refused = await page.evaluate(
    async ([target, link]) => {
      const headers = { 'Content-Type': 'application/json', 'X-Model-Keeper': '1' };
      const init = { method: 'POST', headers, body: JSON.stringify({ url: link }) };
      const answer = await fetch(target, init);
      return { status: answer.status, code: ((await answer.json()) as Refusal).error.code };
    },
    [new URL(`api/${ROUTE}`, address).href, stage.prop('ae').link] as const,
  );
  expect(refused).toEqual({ status: 403, code: 'pairing_needed' });
  expect(await jobs(stage)).toBe(0);
  if (stage.inside) return;
  const panel = page.locator('.mk');
  await expect(panel.locator('.ban')).toContainText('not change anything yet');
});

interface Refusal {
  error: { code: string };
}
