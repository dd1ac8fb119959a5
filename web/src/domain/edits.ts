/** What differs between two copies of a workflow, value by value. Pure. */
import type { Change } from '../api/types';

/** A text of a node that is to be another one. `path` leads from the node's JSON to it. */
export type Edit = Pick<Change, 'scope' | 'node_id' | 'path' | 'widget' | 'old' | 'new'>;

type Json = Record<string, unknown>;
type Path = (string | number)[];

/** What of a node can name a model. */
const PARTS = ['widgets_values', 'properties'];

/** The texts of nodes that differ, in the graph and in its subgraphs; both have the same nodes. */
export function editsBetween(before: Json, after: Json): Edit[] {
  const others = new Map(nodesOf(after).map(([scope, node]) => [placeOf(scope, node), node]));
  return nodesOf(before).flatMap(([scope, node]) => {
    const other = others.get(placeOf(scope, node));
    if (!other) return [];
    const texts = PARTS.flatMap((part) => [...textEdits(node[part], other[part], [part])]);
    return texts.map((text) => ({ scope, node_id: String(node['id']), widget: null, ...text }));
  });
}

function* textEdits(
  old: unknown,
  next: unknown,
  path: Path,
): Generator<{ path: Path; old: string; new: string }> {
  if (typeof old === 'string' && typeof next === 'string') {
    if (old !== next) yield { path, old, new: next };
    return;
  }
  if (!isContainer(old) || !isContainer(next)) return;
  for (const key of Object.keys(old)) {
    const step = Array.isArray(old) ? Number(key) : key;
    yield* textEdits(old[key], next[key], [...path, step]);
  }
}

function nodesOf(workflow: Json): [scope: string, node: Json][] {
  const { subgraphs = [] } = (workflow['definitions'] ?? {}) as { subgraphs?: Json[] };
  const scopes: [string, Json][] = [['', workflow]];
  for (const subgraph of subgraphs) scopes.push([String(subgraph['id']), subgraph]);
  return scopes.flatMap(([scope, graph]) =>
    ((graph['nodes'] ?? []) as Json[]).map((node): [string, Json] => [scope, node]),
  );
}

function placeOf(scope: string, node: Json): string {
  return `${scope}/${String(node['id'])}`;
}

function isContainer(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
