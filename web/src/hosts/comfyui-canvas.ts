import type { LoaderValue, MissingNode, ModelRequest, Place } from '../api/types';
import type { Edit } from '../domain/edits';
import type { ActiveWorkflow, ComfyApp, Graph, GraphNode, NodeRegistry, ReportedModel, Widget } from './comfyui-app';
import { graphs, isModelFile, listOf } from './comfyui-graph';
import { ReplacedValues } from './comfyui-replaced';
import { dropsOn } from './comfyui-drop';
import { holderOf, loaderFor, nodeAt, setWidget } from './comfyui-loaders';
import { LiveValues } from './comfyui-values';
import type { Applied, Canvas as HostCanvas, LoadedModel, OpenWorkflow } from './host';

const MUTED = 2;
const BYPASSED = 4;
const SETTLES_MS = 300;
const WATCHED_TIMES = 100; // half a minute

/** The workflow that is open in ComfyUI, and its nodes. */
export class Canvas implements HostCanvas {
  private readonly listeners = new Set<() => void>();
  private replaced = new ReplacedValues();
  private settling: ReturnType<typeof setTimeout> | undefined;
  private watching: ReturnType<typeof setTimeout> | undefined;

  /** `registry` is looked at anew each time: extensions register their nodes late. */
  constructor(
    private readonly app: ComfyApp,
    private readonly registry: () => NodeRegistry | undefined = () => undefined,
  ) {}

  async read(): Promise<OpenWorkflow | null> {
    const graph = this.noticed();
    if (!graph) return null;
    const active = this.active();
    const reported = await this.app.refreshMissingModels?.({ silent: true }).catch(() => undefined);
    return {
      title: (active?.filename ?? '').replace(/\.json$/i, ''),
      workflow: graph.nodes.length > 0 ? graph.serialize() : null,
      stored: active?.initialState ?? null,
      models: (reported?.missingModels ?? []).map(asRequest),
      values: [...unlisted(graph, (widget) => this.replaced.wanted(widget))],
      missingNodes: missingNodes(graph, this.registry()),
    };
  }

  async apply(edits: readonly Edit[]): Promise<Applied> {
    const graph = this.noticed();
    if (!graph) return { missed: edits.length, undo: () => Promise.resolve() };
    const values = new LiveValues(graph, (widget) => this.replaced.wanted(widget));
    this.captureStep();
    const missed = edits.filter((edit) => !values.write(edit)).length;
    await this.settle(graph, values.widgets);
    const undo = async (): Promise<void> => {
      values.undo();
      await this.settle(graph, values.widgets);
    };
    return { missed, undo };
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

  addModel(model: LoadedModel): Promise<boolean> {
    return this.place(model, this.middle());
  }

  takeDrop(model: LoadedModel, done: (added: boolean) => void): () => void {
    const { canvasEl } = this.app;
    if (!canvasEl) return () => undefined;
    return dropsOn(canvasEl, (at) => {
      const place = this.app.clientPosToCanvasPos?.(at) ?? at;
      void this.place(model, place).then(done);
    });
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
      this.watch(this.active(), WATCHED_TIMES);
    }, SETTLES_MS);
  }

  /** On a busy machine the moment is long, and what was told was read of two workflows. */
  private watch(told: ActiveWorkflow | null | undefined, times: number): void {
    clearTimeout(this.watching);
    if (times === 0) return;
    this.watching = setTimeout(() => {
      if (this.active() === told) { this.watch(told, times - 1); return; }
      this.replaced = new ReplacedValues();
      this.changed();
    }, SETTLES_MS);
  }

  /** Give the model to the node at this place, or put a new one there; one step of the host's undo. */
  private async place(model: LoadedModel, at: [number, number]): Promise<boolean> {
    const graph = this.app.canvas?.graph ?? this.graph();
    const registry = this.registry();
    if (!graph || !registry) return false;
    const below = nodeAt(graph, at, model);
    const holder = below && holderOf(below, model);
    this.captureStep();
    if (below && holder) {
      setWidget(below, holder);
    } else {
      const node = await this.newLoader(model, registry);
      if (!node) return false;
      node.pos = at;
      graph.add?.(node);
      this.app.canvas?.selectNode?.(node);
    }
    this.captureStep();
    graph.setDirtyCanvas?.(true, true);
    return true;
  }

  /** A file that came after the lists were read is in them when they are read again. */
  private async newLoader(model: LoadedModel, registry: NodeRegistry): Promise<GraphNode | undefined> {
    const node = loaderFor(model, registry);
    if (node) return node;
    await this.app.reloadNodeDefs();
    return loaderFor(model, registry);
  }

  /** What of the canvas is in the middle of the page. */
  private middle(): [number, number] {
    const box = this.app.canvasEl?.getBoundingClientRect();
    const at: [number, number] = box ? [box.left + box.width / 2, box.top + box.height / 3] : [0, 0];
    return this.app.clientPosToCanvasPos?.(at) ?? at;
  }

  /** End a step of the host's undo, and let it see which nodes are valid by now. */
  private async settle(graph: Graph, widgets: readonly Widget[]): Promise<void> {
    this.captureStep();
    const isUnlisted = widgets.some((widget) => listOf(widget)?.includes(widget.value) === false);
    if (isUnlisted) await this.app.reloadNodeDefs(); // it came after the lists were read
    await this.app.refreshMissingModels?.({ silent: true }).catch(() => undefined);
    graph.setDirtyCanvas?.(true, true);
  }

  private captureStep(): void {
    const tracker = this.active()?.changeTracker;
    if (tracker?.captureCanvasState) tracker.captureCanvasState();
    else tracker?.checkState?.();
  }

  /** The graph, after a look at what the host has replaced in it. */
  private noticed(): Graph | undefined {
    const graph = this.graph();
    const stored = this.active()?.initialState;
    if (graph && stored && !this.settling) this.replaced.notice(graph, stored);
    return graph;
  }

  private active(): ActiveWorkflow | null | undefined {
    return this.app.extensionManager.workflow.activeWorkflow;
  }

  private graph(): Graph | undefined {
    return this.app.isGraphReady === false ? undefined : this.app.rootGraph;
  }
}

/** The values that no list has. An instance of a subgraph only shows what is inside. */
function* unlisted(
  root: Graph,
  wanted: (widget: Widget) => string | undefined,
): Generator<LoaderValue> {
  for (const [scope, graph] of graphs(root)) {
    for (const node of graph.nodes) {
      if (root.subgraphs?.has(node.type ?? '')) continue;
      for (const widget of node.widgets ?? []) {
        const value = wanted(widget) ?? widget.value;
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

/** Types that nothing on this page can make a node of; none where that is not known. */
function missingNodes(root: Graph, registry: NodeRegistry | undefined): MissingNode[] {
  const counts = new Map<string, number>();
  if (!registry) return [];
  for (const [, graph] of graphs(root)) {
    for (const { type } of graph.nodes) {
      if (!type || type in registry.registered_node_types) continue;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
  }
  return [...counts].map(([node_type, count]) => ({ node_type, count }));
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
