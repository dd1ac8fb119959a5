import type { Send, TokenStore } from '../api/client';
import type {
  Changes,
  LoaderValue,
  MissingNode,
  ModelRequest,
  Place,
} from '../api/types';
import type { Edit } from '../domain/edits';
import type { Memory } from './memory';

/** The workflow that is open in the host. */
export interface OpenWorkflow {
  title: string;
  /** As it is on the canvas. */
  workflow: Record<string, unknown> | null;
  /** As it was loaded, before the host replaced values that it does not know. */
  stored: Record<string, unknown> | null;
  /** What the host itself reports as missing. */
  models: ModelRequest[];
  /** Values of loaders that their lists do not have. */
  values: LoaderValue[];
  /** Nodes whose type is not installed. */
  missingNodes: MissingNode[];
}

/** What became of edits. */
export interface Applied {
  /** Places that are gone, or hold something else by now. */
  missed: number;
  undo(): Promise<void>;
}

/** A file as loaders name it: its folder, and its path below that with forward slashes. */
export interface LoadedModel {
  category: string;
  path: string;
}

/** What only a host with a canvas can do. */
export interface Canvas {
  read(): Promise<OpenWorkflow | null>;
  /** Make the loaders read their lists again, and nodes valid that have become so. */
  refresh(): Promise<void>;
  /** Write texts into nodes, in one step that the host's own undo takes back as well. */
  apply(edits: readonly Edit[]): Promise<Applied>;
  /** Show the node on the canvas. */
  reveal(place: Place): void;
  /** Put a node on the canvas that loads the model; false where no node is known to load it. */
  addModel(model: LoadedModel): Promise<boolean>;
  /**
   * From now until the call of what is returned, a drop on the canvas is this model: on a widget
   * that can hold it, else as a node of its own. `done` says whether that could be.
   */
  takeDrop(model: LoadedModel, done: (added: boolean) => void): () => void;
  /** Calls back when another workflow is open, or when this one has been loaded again. */
  onChange(listener: () => void): () => void;
}

/** A picture or film that the host has made. */
export interface Output {
  /** Below its output folder, with forward slashes. */
  path: string;
  /** Where this page finds a small one. */
  url: string;
}

/** Where the panel lives: inside ComfyUI, or on a page of its own. */
export interface Host {
  name: 'comfyui' | 'standalone';
  send: Send;
  tokens: TokenStore;
  memory: Memory;
  /** Pushed changes; `lost` when some may have been missed. Absent where there is no push. */
  push?(take: (changes: Changes) => void, lost: () => void): () => void;
  locale(): string;
  onLocale(listener: (locale: string) => void): () => void;
  isLight(): boolean;
  onTheme(listener: () => void): () => void;
  /** The mark on the sidebar's icon or in the page's title. */
  setBadge(text: string | null): void;
  /** The panel on a page of its own; absent where it is one. */
  fullPage?: string;
  close?(): void;
  /** Offer a text as a file of this name. */
  saveFile(name: string, text: string): void;
  canvas?: Canvas;
  /** What was made last, the newest first; absent where nothing is made. */
  outputs?(): Promise<Output[]>;
  /** Whether the host's own download buttons are offered to us; undefined where there are none. */
  builtIn?: { allowed(): boolean; allow(yes: boolean): void };
}
