import type { Graph, GraphNode, Widget } from './comfyui-app';
import { graphs, isModelFile, listOf } from './comfyui-graph';

interface Replacement {
  /** What the stored workflow names. */
  wanted: string;
  /** What the host put in its place. */
  shown: unknown;
}

type StoredValues = unknown[] | Record<string, unknown>;

/**
 * On load ComfyUI silently replaces a file that it does not list by the first one that it does.
 * This remembers which widgets it did that to, so that the file can be put back when it is there,
 * and a choice that a person has made since is left alone.
 */
export class ReplacedValues {
  /** Every widget once seen; null for those with nothing to put back. */
  private readonly seen = new WeakMap<Widget, Replacement | null>();

  /** Look at the widgets that are new here. Has to be done before their lists are read again. */
  notice(root: Graph, stored: Record<string, unknown>): void {
    const values = storedValues(stored);
    for (const [scope, graph] of graphs(root)) {
      for (const node of graph.nodes) {
        const own = values.get(`${scope}/${String(node.id)}`);
        if (own) this.noticeNode(node, own);
      }
    }
  }

  /** The file that the workflow names, where the host shows another one for want of it. */
  wanted(widget: Widget): string | undefined {
    const replacement = this.seen.get(widget);
    return replacement && widget.value === replacement.shown ? replacement.wanted : undefined;
  }

  /** Put back what is listed by now, wherever the host's own choice still stands. */
  putBack(root: Graph): void {
    for (const [, graph] of graphs(root)) {
      for (const widget of graph.nodes.flatMap((node) => node.widgets ?? [])) {
        const replacement = this.seen.get(widget);
        if (!replacement) continue;
        const { wanted, shown } = replacement;
        const isListed = listOf(widget)?.includes(wanted) ?? false;
        if (widget.value === shown && !isListed) continue;
        this.seen.set(widget, null);
        if (widget.value !== shown) continue; // a person has chosen
        widget.value = wanted;
        widget.callback?.(wanted);
      }
    }
  }

  private noticeNode(node: GraphNode, values: StoredValues): void {
    for (const [widget, wanted] of paired(node, values)) {
      if (this.seen.has(widget)) continue;
      const list = listOf(widget) ?? [];
      const isReplaced = list.length > 0 && !list.includes(wanted) && widget.value === list[0];
      this.seen.set(widget, isReplaced ? { wanted, shown: widget.value } : null);
    }
  }
}

/** Which stored file belongs to which widget. */
function* paired(node: GraphNode, values: StoredValues): Generator<[Widget, string]> {
  const widgets = node.widgets ?? [];
  const choices = widgets.filter((widget) => listOf(widget)?.some(isModelFile));
  const names = Array.isArray(values) ? values.filter(isModelFile) : [];
  // Some versions store a place for a widget that has no value, some do not: the order always holds.
  const byOrder = names.length === choices.length;
  for (const [at, widget] of choices.entries()) {
    const stored = Array.isArray(values) ? values[widgets.indexOf(widget)] : values[widget.name];
    const wanted = byOrder ? names[at] : stored;
    if (isModelFile(wanted)) yield [widget, wanted];
  }
}

/** What each node of a stored workflow has in its widgets, by `scope/id`. */
function storedValues(stored: Record<string, unknown>): Map<string, StoredValues> {
  const found = new Map<string, StoredValues>();
  function take(scope: string, graph: Record<string, unknown>): void {
    for (const node of (graph['nodes'] as Record<string, unknown>[] | undefined) ?? []) {
      const values = node['widgets_values'] as StoredValues | null | undefined;
      if (values) found.set(`${scope}/${String(node['id'])}`, values);
    }
  }
  take('', stored);
  const definitions = stored['definitions'] as { subgraphs?: Record<string, unknown>[] } | undefined;
  for (const subgraph of definitions?.subgraphs ?? []) take(String(subgraph['id']), subgraph);
  return found;
}
