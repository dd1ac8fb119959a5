import type { Graph, GraphNode, NodeRegistry, NodeType, Widget } from './comfyui-app';
import { listOf } from './comfyui-graph';
import type { LoadedModel } from './host';

/** The nodes that people mean where several load the files of a folder. */
const USUAL: Record<string, string> = {
  checkpoints: 'CheckpointLoaderSimple',
  clip_vision: 'CLIPVisionLoader',
  controlnet: 'ControlNetLoader',
  diffusion_models: 'UNETLoader',
  gligen: 'GLIGENLoader',
  hypernetworks: 'HypernetworkLoader',
  loras: 'LoraLoader',
  photomaker: 'PhotoMakerLoader',
  style_models: 'StyleModelLoader',
  text_encoders: 'CLIPLoader',
  upscale_models: 'UpscaleModelLoader',
  vae: 'VAELoader',
};

/** A widget that can name a file, and what it calls it. */
export interface Holder {
  widget: Widget;
  value: string;
}

/** The widget of a node whose choices have the file, by either kind of slash. */
export function holderOf(node: GraphNode, { path }: LoadedModel): Holder | undefined {
  for (const widget of node.widgets ?? []) {
    const value = asListed(listOf(widget) ?? [], path);
    if (value !== undefined) return { widget, value };
  }
  return undefined;
}

/** A new node that loads the model, with its widget set: the usual one of its folder, else the plainest. */
export function loaderFor(model: LoadedModel, registry: NodeRegistry): GraphNode | undefined {
  for (const type of typesFor(model, registry)) {
    const node = registry.createNode?.(type);
    const holder = node && holderOf(node, model);
    if (!node || !holder) continue;
    setWidget(node, holder);
    return node;
  }
  return undefined;
}

export function setWidget(node: GraphNode, { widget, value }: Holder): void {
  const before = widget.value;
  widget.value = value;
  widget.callback?.(value);
  node.onWidgetChanged?.(widget.name, value, before, widget);
}

function typesFor(model: LoadedModel, registry: NodeRegistry): string[] {
  const usual = USUAL[model.category];
  const fitting = Object.entries(registry.registered_node_types)
    .filter(([, type]) => type && lists(type, model.path))
    .sort(([, one], [, other]) => inputsOf(one).length - inputsOf(other).length)
    .map(([name]) => name);
  return usual && usual in registry.registered_node_types ? [usual, ...fitting] : fitting;
}

function lists(type: NodeType, path: string): boolean {
  if (type.nodeData?.deprecated) return false;
  return inputsOf(type).some((input) => asListed(choicesOf(input), path) !== undefined);
}

function inputsOf(type: NodeType | undefined): unknown[] {
  const { required = {}, optional = {} } = type?.nodeData?.input ?? {};
  return [...Object.values(required), ...Object.values(optional)];
}

/** `[[…], {}]`, or `['COMBO', {options: […]}]`. */
function choicesOf(input: unknown): unknown[] {
  if (!Array.isArray(input)) return [];
  const [first, second] = input as [unknown, { options?: unknown } | undefined];
  if (Array.isArray(first)) return first as unknown[];
  return Array.isArray(second?.options) ? (second.options as unknown[]) : [];
}

function asListed(choices: unknown[], path: string): string | undefined {
  return choices.find(
    (choice): choice is string => typeof choice === 'string' && choice.replaceAll('\\', '/') === path,
  );
}

/** The node below a place of the canvas, if it can hold the model. */
export function nodeAt(graph: Graph, [x, y]: [number, number], model: LoadedModel): GraphNode | undefined {
  const node = graph.getNodeOnPos?.(x, y);
  return node && holderOf(node, model) ? node : undefined;
}
