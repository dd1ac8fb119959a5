import type { LoaderValue, ModelRequest, Place } from '../api/types';
import type { ComfyApp, Graph, GraphNode, ReportedModel, Widget } from './comfyui-app';
import type { Canvas as HostCanvas, OpenWorkflow } from './host';

const MODEL_FILE = /\.(safetensors|sft|ckpt|pt|pt2|pth|bin|pkl|gguf|onnx)$/i;
const MUTED = 2;
const BYPASSED = 4;
const SETTLES_MS = 300;

/** The workflow that is open in ComfyUI, and its nodes. */
export class Canvas implements HostCanvas {
  private readonly listeners = new Set<() => void>();
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly app: ComfyApp) {}

  async read(): Promise<OpenWorkflow | null> {
    const graph = this.graph();
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
    await this.app.reloadNodeDefs();
    const graph = this.graph();
    const stored = this.app.extensionManager.workflow.activeWorkflow?.initialState;
    if (graph && stored) restore(graph, stored);
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
      for (const listener of this.listeners) listener();
    }, SETTLES_MS);
  }

  private graph(): Graph | undefined {
    return this.app.isGraphReady === false ? undefined : this.app.rootGraph;
  }
}

function* graphs(root: Graph): Generator<[scope: string, graph: Graph]> {
  yield ['', root];
  for (const [id, graph] of root.subgraphs ?? []) yield [id, graph];
}

function* unlisted(root: Graph): Generator<LoaderValue> {
  for (const [scope, graph] of graphs(root)) {
    for (const node of graph.nodes) {
      for (const widget of node.widgets ?? []) {
        const { value } = widget;
        const list = listOf(widget);
        if (typeof value !== 'string' || !MODEL_FILE.test(value) || !list) continue;
        if (list.includes(value)) continue;
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

function listOf(widget: Widget): unknown[] | null {
  const values = widget.options?.values;
  const list: unknown = typeof values === 'function' ? (values as () => unknown)() : values;
  return Array.isArray(list) ? list : null;
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

/**
 * On load the host silently replaces a file that it does not list by the first entry of the list.
 * Where the wanted file is listed now, and the widget still shows that first entry, it is put back.
 */
function restore(root: Graph, stored: Record<string, unknown>): void {
  const wanted = storedValues(stored);
  for (const [scope, graph] of graphs(root)) {
    for (const node of graph.nodes) {
      const values = wanted.get(`${scope}/${String(node.id)}`) ?? [];
      for (const widget of node.widgets ?? []) {
        const list = listOf(widget);
        const value = values.find((each) => list?.includes(each));
        if (!list || value === undefined || values.includes(widget.value)) continue;
        if (widget.value !== list[0] && list.includes(widget.value)) continue;
        widget.value = value;
        widget.callback?.(value);
      }
    }
  }
}

/** The model files that each node of a stored workflow names, by `scope/id`. */
function storedValues(stored: Record<string, unknown>): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  function take(scope: string, graph: Record<string, unknown>): void {
    for (const node of (graph['nodes'] as Record<string, unknown>[] | undefined) ?? []) {
      const values = node['widgets_values'];
      const rows = Array.isArray(values) ? values : Object.values(values ?? {});
      const names = rows.filter((row) => typeof row === 'string' && MODEL_FILE.test(row));
      found.set(`${scope}/${String(node['id'])}`, names);
    }
  }
  take('', stored);
  const definitions = stored['definitions'] as { subgraphs?: Record<string, unknown>[] } | undefined;
  for (const subgraph of definitions?.subgraphs ?? []) take(String(subgraph['id']), subgraph);
  return found;
}
