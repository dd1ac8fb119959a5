import type { Change } from '../api/types';
import type { Graph, GraphNode, Widget } from './comfyui-app';
import { graphs } from './comfyui-graph';

interface Written {
  node: GraphNode;
  widget: Widget;
  before: unknown;
  after: unknown;
}

/** What a widget stands for where the host shows another value for want of the file. */
export type Wanted = (widget: Widget) => unknown;

type Path = readonly (string | number)[];

/**
 * Writes values into the live nodes of a graph: of the graph itself, of its subgraphs, and of the
 * instances that show a subgraph's values.
 */
export class LiveValues {
  private readonly written: Written[] = [];

  constructor(
    private readonly root: Graph,
    private readonly wanted: Wanted = () => undefined,
  ) {}

  /** Whether the place is there and holds the new value now; it has to hold the old one before. */
  write(change: Change): boolean {
    const graph = change.scope ? this.root.subgraphs?.get(change.scope) : this.root;
    const node = graph?.nodes.find((each) => String(each.id) === change.node_id);
    if (!node) return false;
    const found = this.find(node, change);
    if (!found) return holds(node, change, change.new); // as an instance of what was written before
    this.set(node, found.widget, replaced(found.widget.value, found.rest, change.new));
    this.writeInstances(change.scope, change);
    return true;
  }

  /** Put back what was there, wherever nobody has chosen something else since. */
  undo(): void {
    for (const { node, widget, before, after } of this.written.splice(0).reverse()) {
      if (isEqual(widget.value, after)) this.set(node, widget, before);
    }
    this.written.length = 0;
  }

  get widgets(): Widget[] {
    return this.written.map(({ widget }) => widget);
  }

  /** A subgraph's instances show its values; some versions keep a copy of them on each. */
  private writeInstances(scope: string, change: Change, above: ReadonlySet<string> = new Set()): void {
    if (!scope || above.has(scope)) return;
    for (const [outer, graph] of graphs(this.root)) {
      for (const instance of graph.nodes.filter((node) => node.type === scope)) {
        const shown = (instance.widgets ?? []).filter((widget) => widget.value === change.old);
        for (const widget of shown) this.set(instance, widget, change.new);
        if (shown.length > 0) this.writeInstances(outer, change, new Set([...above, scope]));
      }
    }
  }

  private set(node: GraphNode, widget: Widget, value: unknown): void {
    const before = widget.value;
    widget.value = value;
    this.written.push({ node, widget, before, after: value });
    widget.callback?.(value);
    node.onWidgetChanged?.(widget.name, value, before, widget);
  }

  private find(node: GraphNode, change: Change): { widget: Widget; rest: Path } | undefined {
    const rest = change.path.slice(2);
    const widgets = likely(node, change);
    for (const widget of widgets) {
      if (valueAt(widget.value, rest) === change.old) return { widget, rest };
    }
    const shown = widgets.find((widget) => this.wanted(widget) === change.old);
    return shown && { widget: shown, rest: [] };
  }
}

function holds(node: GraphNode, change: Change, value: unknown): boolean {
  const rest = change.path.slice(2);
  return likely(node, change).some((widget) => valueAt(widget.value, rest) === value);
}

/**
 * The widgets that a place can mean, the likeliest first: by its name, by its place among all, among
 * those that are stored, and any other.
 */
function likely(node: GraphNode, { path, widget: name }: Change): Widget[] {
  const key = path[1];
  const widgets = node.widgets ?? [];
  const stored = widgets.filter((widget) => widget.serialize !== false);
  const byKey =
    typeof key === 'number'
      ? [widgets[key], stored[key]]
      : widgets.filter((widget) => widget.name === key);
  const named = widgets.filter((widget) => widget.name === name);
  const all = [...named, ...byKey, ...widgets].filter((widget) => widget !== undefined);
  return [...new Set(all)];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isContainer(inner) ? inner[key] : undefined),
    value,
  );
}

/** A copy of `value` with another one at `path`. */
function replaced(value: unknown, path: Path, inner: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined || !isContainer(value)) return inner;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as typeof value;
  copy[key] = replaced(value[key], rest, inner);
  return copy;
}

function isContainer(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
