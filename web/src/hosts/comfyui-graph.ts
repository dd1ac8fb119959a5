import type { Graph, Widget } from './comfyui-app';

const MODEL_FILE = /\.(safetensors|sft|ckpt|pt|pt2|pth|bin|pkl|gguf|onnx)$/i;

export function isModelFile(value: unknown): value is string {
  return typeof value === 'string' && MODEL_FILE.test(value);
}

/** A graph and its subgraphs, each with its scope, which is empty for the graph itself. */
export function* graphs(root: Graph): Generator<[scope: string, graph: Graph]> {
  yield ['', root];
  for (const [id, graph] of root.subgraphs ?? []) yield [id, graph];
}

/** What a widget offers to choose from; null where it is no choice. */
export function listOf(widget: Widget): unknown[] | null {
  const values = widget.options?.values;
  const list: unknown = typeof values === 'function' ? (values as () => unknown)() : values;
  return Array.isArray(list) ? list : null;
}
