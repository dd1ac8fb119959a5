import { describe, expect, it, vi } from 'vitest';

import { comfy, graph, node, widget } from '../testing/fakeComfy';
import { change } from '../testing/samples';

describe('apply', () => {
  const OLD = 'SDXL/ae.safetensors';
  const NEW = 'ae.safetensors';

  function stage(values = [NEW]) {
    const vae = widget('vae_name', OLD, values);
    const steps: unknown[] = [];
    const captureCanvasState = vi.fn(() => steps.push(vae.value));
    const painted = vi.fn();
    const root = { ...graph([node(7, [vae])]), setDirtyCanvas: painted };
    const all = comfy(root, { filename: 'x.json', changeTracker: { captureCanvasState } });
    return { vae, steps, painted, ...all };
  }

  it('changes the nodes in a step of its own, which the host can take back', async () => {
    const { vae, steps, canvas } = stage();
    expect(await canvas.apply([change({ old: OLD })])).toMatchObject({ missed: 0 });
    expect(vae.value).toBe(NEW);
    expect(steps).toEqual([OLD, NEW]);
  });

  it('is undone in a step of its own', async () => {
    const { vae, steps, canvas } = stage();
    const applied = await canvas.apply([change({ old: OLD })]);
    await applied.undo();
    expect(vae.value).toBe(OLD);
    expect(steps).toEqual([OLD, NEW, OLD]);
  });

  it('works with versions that know the older name of a step', async () => {
    const { app, vae, canvas } = stage();
    const checkState = vi.fn();
    app.extensionManager.workflow.activeWorkflow = { changeTracker: { checkState } };
    await canvas.apply([change({ old: OLD })]);
    expect(checkState).toHaveBeenCalledTimes(2);
    app.extensionManager.workflow.activeWorkflow = null;
    await canvas.apply([change({ old: NEW, new: 'x.safetensors' })]);
    expect(vae.value).toBe('x.safetensors');
  });

  it('makes the host look again at what it misses, and paint', async () => {
    const { app, painted, canvas } = stage();
    await canvas.apply([change({ old: OLD })]);
    expect(app.refreshMissingModels).toHaveBeenCalledTimes(1);
    expect(app.reloadNodeDefs).not.toHaveBeenCalled();
    expect(painted).toHaveBeenCalledWith(true, true);
  });

  it('has the lists read again where they do not know the file yet', async () => {
    const { app, canvas } = stage(['other.safetensors']);
    await canvas.apply([change({ old: OLD })]);
    expect(app.reloadNodeDefs).toHaveBeenCalledTimes(1);
  });

  it('counts the places that are gone', async () => {
    const { canvas } = stage();
    const gone = change({ node_id: '99' });
    expect(await canvas.apply([gone, change({ old: OLD })])).toMatchObject({ missed: 1 });
    expect(await comfy(undefined).canvas.apply([gone])).toMatchObject({ missed: 1 });
  });

  it('changes what the host shows another value for', async () => {
    const vae = widget('vae_name', NEW, [NEW, 'z.safetensors']);
    const { canvas } = comfy(graph([node(7, [vae])]), {
      initialState: { nodes: [{ id: 7, widgets_values: [OLD] }] },
    });
    expect((await canvas.read())?.values).toMatchObject([{ value: OLD, widget: 'vae_name' }]);
    await canvas.apply([change({ old: OLD, new: 'z.safetensors' })]);
    expect(vae.value).toBe('z.safetensors');
  });
});
