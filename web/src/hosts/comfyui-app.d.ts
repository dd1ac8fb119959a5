/** What ComfyUI's page gives an extension; only what the panel uses is declared. */

export interface SidebarTab {
  id: string;
  title: string;
  icon: string;
  tooltip?: string;
  /** Drawn on the icon; the host follows later changes of this field. */
  iconBadge?: string | null;
  type: 'custom';
  /** May be called again for the same element. */
  render(element: HTMLElement): void;
  destroy?(): void;
}

export interface Widget {
  name: string;
  value: unknown;
  options?: { values?: unknown };
  /** False where the widget's value is not stored with the workflow. */
  serialize?: boolean;
  callback?(value: unknown, ...more: unknown[]): void;
}

export interface GraphNode {
  /** A number up to 1.45, a text from 1.58 on. */
  id: number | string;
  type?: string;
  comfyClass?: string;
  mode?: number;
  widgets?: Widget[];
  properties?: Record<string, unknown>;
  pos?: [number, number] | Float32Array | Float64Array;
  size?: ArrayLike<number>;
  onWidgetChanged?(name: string, value: unknown, old: unknown, widget: Widget): void;
}

export interface Graph {
  id?: string;
  nodes: GraphNode[];
  subgraphs?: Map<string, Graph>;
  serialize(): Record<string, unknown>;
  add?(node: GraphNode): void;
  getNodeOnPos?(x: number, y: number): GraphNode | null | undefined;
  setDirtyCanvas?(foreground: boolean, background: boolean): void;
}

export interface ReportedModel {
  name: string;
  url?: string;
  directory?: string;
  hash?: string;
  hash_type?: string;
}

export interface Setting {
  id: string;
  name: string;
  type: string | ((name: string) => HTMLElement);
  defaultValue?: unknown;
  category?: string[];
  tooltip?: string;
  onChange?(value: unknown): void;
}

export interface Command {
  id: string;
  label: string;
  icon?: string;
  function(): void;
}

export interface Extension {
  name: string;
  settings?: Setting[];
  commands?: Command[];
  init?(): void;
  setup?(): void | Promise<void>;
  afterConfigureGraph?(): void;
}

export interface ActiveWorkflow {
  filename?: string;
  path?: string;
  initialState?: Record<string, unknown> | null;
  /** The steps that Ctrl+Z takes back. Older versions know `checkState` only. */
  changeTracker?: { captureCanvasState?(): void; checkState?(): void } | null;
}

export interface ComfyApp {
  registerExtension(extension: Extension): void;
  rootGraph?: Graph;
  isGraphReady?: boolean;
  canvas?: {
    centerOnNode(node: GraphNode): void;
    selectNode?(node: GraphNode): void;
    setGraph?(graph: Graph): void;
    /** The graph in sight: a subgraph, where one is open. */
    graph?: Graph | null;
  };
  canvasEl?: HTMLElement;
  clientPosToCanvasPos?(position: [number, number]): [number, number];
  reloadNodeDefs(): Promise<void>;
  refreshMissingModels?(options: { silent: boolean }): Promise<{ missingModels?: ReportedModel[] }>;
  extensionManager: {
    registerSidebarTab(tab: SidebarTab): void;
    getSidebarTabs(): SidebarTab[];
    command: { execute(id: string): Promise<void> };
    setting: { get(id: string): unknown; set(id: string, value: unknown): Promise<void> };
    workflow: { activeWorkflow?: ActiveWorkflow | null };
  };
  ui: {
    settings: {
      addEventListener(event: string, listener: () => void): void;
      removeEventListener(event: string, listener: () => void): void;
    };
  };
}

/** What ComfyUI's server says of a node; older ones give the choices as the first of a pair. */
export interface NodeType {
  nodeData?: {
    name?: string;
    deprecated?: boolean;
    input?: Partial<Record<'required' | 'optional', Record<string, unknown>>>;
  };
}

/** The page's own table of what can be on a canvas. */
export interface NodeRegistry {
  registered_node_types: Record<string, NodeType | undefined>;
  createNode?(type: string): GraphNode | null;
}

export interface ComfyApi {
  fetchApi(route: string, init?: RequestInit): Promise<Response>;
  fileURL(route: string): string;
  apiURL(route: string): string;
  addEventListener(event: string, listener: (event: CustomEvent) => void): void;
  removeEventListener(event: string, listener: (event: CustomEvent) => void): void;
}
