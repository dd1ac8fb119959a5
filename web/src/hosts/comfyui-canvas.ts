import type { LoaderValue, ModelRequest, Place } from '../api/types';
import type { ComfyApp, Graph, GraphNode, ReportedModel } from './comfyui-app';
import { graphs, isModelFile, listOf } from './comfyui-graph';
import { ReplacedValues } from './comfyui-replaced';
import type { Canvas as HostCanvas, OpenWorkflow } from './host';

const MUTED = 2;
const BYPASSED = 4;
const SETTLES_MS = 300;

/** The workflow that is open in ComfyUI, and its nodes. */
export class Canvas implements HostCanvas {
  private readonly listeners = new Set<() => void>();
  private readonly replaced = new ReplacedValues();
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly app: ComfyApp) {}

  async read(): Promise<OpenWorkflow | null> {
    const graph = this.noticed();
    if (!graph) return null;
    const active = this.app.extensionManager.workflow.activeWorkflow;
    const reported = await this.app.refreshMissingModels?.({ silent: true }).catch(() => undefined);
    return {
      title: (active?.filename ?? '').replace(/\.json$/i, ''),
      workflow: graph.nodes.length > 0 ? graph.serialize() : null,
      stored: active?.initialState ?? null,
      models: (reported?.missingModels ?? []).map(asRequest),
      values: [...unlisted(graph)],
    };
  }

  /** Read the loaders' lists again, and put back what the host had replaced for want of the file. */
  async refresh(): Promise<void> {
    this.noticed();
    await this.app.reloadNodeDefs();
    const graph = this.graph();
    if (graph) this.replaced.putBack(graph);
    await this.app.refreshMissingModels?.({ silent: true }).catch(() => undefined);
    graph?.setDirtyCanvas?.(true, true);
  }

  reveal(place: Place): void {
    const root = this.graph();
    const graph = place.scope ? root?.subgraphs?.get(place.scope) : root;
    const node = graph?.nodes.find((each) => String(each.id) === place.node_id);
    const canvas = this.app.canvas;
    if (!graph || !node || !canvas) return;
    canvas.setGraph?.(graph);
    canvas.selectNode?.(node);
    canvas.centerOnNode(node);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Another workflow was loaded; the host makes it the active one a moment later. */
  changed(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.settling = undefined;
      this.noticed();
      for (const listener of this.listeners) listener();
    }, SETTLES_MS);
  }

  /** The graph, after a look at what the host has replaced in it. */
  private noticed(): Graph | undefined {
    const graph = this.graph();
    const stored = this.app.extensionManager.workflow.activeWorkflow?.initialState;
    if (graph && stored && !this.settling) this.replaced.notice(graph, stored);
    return graph;
  }

  private graph(): Graph | undefined {
    return this.app.isGraphReady === false ? undefined : this.app.rootGraph;
  }
}

function* unlisted(root: Graph): Generator<LoaderValue> {
  for (const [scope, graph] of graphs(root)) {
    for (const node of graph.nodes) {
      for (const widget of node.widgets ?? []) {
        const { value } = widget;
        const list = listOf(widget);
        if (!isModelFile(value) || !list || list.includes(value)) continue;
        yield {
          node_id: String(node.id),
          node_type: node.comfyClass ?? node.type ?? null,
          widget: widget.name,
          value,
          scope,
          active: isActive(node),
        };
      }
    }
  }
}

function isActive(node: GraphNode): boolean {
  return node.mode !== MUTED && node.mode !== BYPASSED;
}

function asRequest(model: ReportedModel): ModelRequest {
  const sha256 = model.hash_type?.toLowerCase() === 'sha256' ? model.hash : undefined;
  return {
    name: model.name,
    url: model.url ?? null,
    directory: model.directory ?? null,
    sha256: sha256 ?? null,
  };
}
