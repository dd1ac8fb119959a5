import { expect, test } from './stage';

interface Loader {
  value: unknown;
  listed: boolean;
}

test('one press gets every model of a workflow, and its loaders become valid', async ({
  page,
  stage,
}) => {
  const panel = await stage.open(page);
  await stage.openWorkflow(page, panel);
  const wanted = ['z_image_turbo', 'qwen_3_4b', 'ae'].map((name) => stage.prop(name));
  for (const prop of wanted) {
    await expect(panel.locator(`[data-need="${prop.name}"]`)).toHaveAttribute('data-state', 'fetch');
  }
  const button = panel.getByRole('button', { name: /^Get all \(3\) · 21.0 MB$/ });
  await expect(panel.locator('.dock')).toContainText('free now');
  await button.click();

  for (const prop of wanted) {
    await expect(panel.locator(`[data-need="${prop.name}"]`)).toHaveAttribute(
      'data-state',
      'on_disk',
    );
    expect(stage.holds(prop)).toBe(true);
  }
  if (!stage.inside) return;
  const loaders = (): Promise<Loader[]> =>
    page.evaluate(() =>
      (window as never as { app: { rootGraph: Graph } }).app.rootGraph.nodes.map((node) => {
        const [widget] = node.widgets;
        return { value: widget?.value, listed: widget?.options.values.includes(widget.value) ?? false };
      }),
    );
  await expect
    .poll(loaders)
    .toEqual(wanted.map((prop) => ({ value: prop.name, listed: true })));
  const missing = await page.evaluate(async () => {
    const { app } = window as never as { app: Missing };
    return (await app.refreshMissingModels({ silent: true })).missingModels.length;
  });
  expect(missing).toBe(0);
});

interface Graph {
  nodes: { widgets: { value: unknown; options: { values: unknown[] } }[] }[];
}
interface Missing {
  refreshMissingModels(options: { silent: boolean }): Promise<{ missingModels: unknown[] }>;
}

test('only what is ticked is fetched', async ({ page, stage }) => {
  const panel = await stage.open(page);
  await stage.openWorkflow(page, panel);
  const big = stage.prop('z_image_turbo');
  await panel.locator(`[data-need="${big.name}"] .cbx`).click();
  await panel.getByRole('button', { name: /^Get all \(2\)/ }).click();
  const small = stage.prop('ae');
  await expect.poll(() => stage.holds(small)).toBe(true);
  await expect(panel.locator(`[data-need="${big.name}"]`)).toHaveAttribute('data-state', 'fetch');
  expect(stage.holds(big)).toBe(false);
});

test('a row finds its node on the canvas', async ({ page, stage }) => {
  test.skip(!stage.inside, 'there is no canvas outside of ComfyUI');
  const panel = await stage.open(page);
  await stage.openWorkflow(page, panel);
  const prop = stage.prop('ae');
  await panel.locator(`[data-need="${prop.name}"]`).click();
  const selected = (): Promise<string[]> =>
    page.evaluate(() => {
      const { app } = window as never as {
        app: { canvas: { selected_nodes: Record<string, { type: string }> } };
      };
      return Object.values(app.canvas.selected_nodes).map((node) => node.type);
    });
  await expect.poll(selected).toEqual(['VAELoader']);
});

test('the built-in download buttons use the queue, once that is allowed', async ({ page, stage }) => {
  test.skip(!stage.inside, 'there are no built-in buttons outside of ComfyUI');
  const panel = await stage.open(page);
  await stage.openWorkflow(page, panel);
  expect(await page.evaluate(() => '__comfyDesktop2' in window)).toBe(false);
  await panel.getByRole('button', { name: 'Allow', exact: true }).click();
  await expect.poll(() => page.evaluate(() => '__comfyDesktop2' in window)).toBe(true);
  const prop = stage.prop('ae');
  const taken = await page.evaluate(
    ([url, name, directory]) => {
      const { __comfyDesktop2: bridge } = window as never as {
        __comfyDesktop2: { downloadModel(u: string, n: string, d: string): Promise<boolean> };
      };
      return bridge.downloadModel(url, name, directory);
    },
    [prop.link, prop.name, prop.category] as const,
  );
  expect(taken).toBe(true);
  await expect.poll(() => stage.holds(prop)).toBe(true);
});
