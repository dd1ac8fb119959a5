import { vi, type Mock } from 'vitest';

import { Canvas } from '../hosts/comfyui-canvas';
import type {
  ActiveWorkflow,
  ComfyApp,
  Graph,
  GraphNode,
  ReportedModel,
  Widget,
} from '../hosts/comfyui-app';

export interface ListWidget extends Widget {
  options: { values: string[] };
  callback: Mock<(value: unknown) => void>;
}

export function widget(name: string, value: string, values: string[]): ListWidget {
  return { name, value, options: { values }, callback: vi.fn() };
}

export function node(id: number | string, widgets: Widget[], given: Partial<GraphNode> = {}): GraphNode {
  return { id, type: 'VAELoader', mode: 0, widgets, ...given };
}

export function graph(nodes: GraphNode[], subgraphs: Record<string, Graph> = {}): Graph {
  return {
    nodes,
    subgraphs: new Map(Object.entries(subgraphs)),
    serialize: () => ({ nodes: nodes.map(({ id }) => ({ id })) }),
  };
}

/** ComfyUI with a graph open; `arrives` puts files into the lists of its next reading. */
export function comfy(root: Graph | undefined, active: ActiveWorkflow | null = { filename: 'Portrait.json' }) {
  const pending: [ListWidget, string[]][] = [];
  const reported: ReportedModel[] = [];
  const shown = { setGraph: vi.fn(), selectNode: vi.fn(), centerOnNode: vi.fn() };
  const app = {
    rootGraph: root,
    canvas: shown,
    reloadNodeDefs: vi.fn(() => {
      for (const [widget, values] of pending.splice(0)) widget.options.values = values;
      return Promise.resolve();
    }),
    refreshMissingModels: vi.fn(() => Promise.resolve({ missingModels: reported })),
    extensionManager: { workflow: { activeWorkflow: active } },
  };
  const arrives = (name: string, ...widgets: ListWidget[]) => {
    for (const widget of widgets) pending.push([widget, [...widget.options.values, name].sort()]);
  };
  return { app, canvas: new Canvas(app as unknown as ComfyApp), arrives, reported, shown };
}
