import type { Edit } from '../domain/edits';
import type { Graph, GraphNode, Widget } from './comfyui-app';

/** What a widget stands for where the host shows another value for want of the file. */
export type Wanted = (widget: Widget) => unknown;

type Path = readonly (string | number)[];

/** Writes texts into the live nodes of a graph and of its subgraphs, and remembers how it was. */
export class LiveValues {
  /** The widgets that were written. */
  readonly widgets: Widget[] = [];
  private readonly undoing: (() => void)[] = [];

  constructor(
    private readonly root: Graph,
    private readonly wanted: Wanted = () => undefined,
  ) {}

  /** Whether the place is there and holds the new text now; it has to hold the old one before. */
  write(edit: Edit): boolean {
    const graph = edit.scope ? this.root.subgraphs?.get(edit.scope) : this.root;
    const node = graph?.nodes.find((each) => String(each.id) === edit.node_id);
    if (!node) return false;
    return edit.path[0] === 'properties' ? this.writeProperty(node, edit) : this.writeWidget(node, edit);
  }

  /** Put back what was there, wherever nobody has chosen something else since. */
  undo(): void {
    for (const undo of this.undoing.splice(0).reverse()) undo();
  }

  private writeWidget(node: GraphNode, edit: Edit): boolean {
    const rest = edit.path.slice(2);
    const widgets = likely(node, edit);
    const holds = (text: string) => widgets.find((widget) => valueAt(widget.value, rest) === text);
    const holder = holds(edit.old) ?? widgets.find((widget) => this.wanted(widget) === edit.old);
    // an instance shows what has just been written inside its subgraph
    if (!holder) return holds(edit.new) !== undefined;
    const before = holder.value;
    const after = replaced(before, rest, edit.new);
    set(node, holder, after);
    this.widgets.push(holder);
    this.undoing.push(() => {
      if (isEqual(holder.value, after)) set(node, holder, before);
    });
    return true;
  }

  private writeProperty(node: GraphNode, edit: Edit): boolean {
    const rest = edit.path.slice(1);
    if (valueAt(node.properties, rest) !== edit.old) return false;
    const write = (text: string): void => {
      node.properties = replaced(node.properties, rest, text) as Record<string, unknown>;
    };
    write(edit.new);
    this.undoing.push(() => {
      if (valueAt(node.properties, rest) === edit.new) write(edit.old);
    });
    return true;
  }
}

function set(node: GraphNode, widget: Widget, value: unknown): void {
  const before = widget.value;
  widget.value = value;
  widget.callback?.(value);
  node.onWidgetChanged?.(widget.name, value, before, widget);
}

/**
 * The widgets that a place can mean, the likeliest first: by its name, by its place among all, among
 * those that are stored, and any other.
 */
function likely(node: GraphNode, { path, widget: name }: Edit): Widget[] {
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
  return path.reduce<unknown>((inner, key) => (isContainer(inner) ? inner[key] : undefined), value);
}

/** A copy of `value` with another one at `path`. */
function replaced(value: unknown, path: Path, inner: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined || !isContainer(value)) return inner;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as typeof value;
  copy[key] = replaced(value[key], rest, inner);
  return copy;
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function isContainer(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
