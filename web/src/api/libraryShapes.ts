/** The library in requests and answers. */
import type { components } from './schema';
import type { Job, Problem } from './types';

type Schemas = components['schemas'];

export type Model = Schemas['ModelView'] & {
  has_preview?: boolean | null;
  preview_nsfw_level?: number | null;
};
export type ModelPage = Omit<Schemas['ModelList'], 'items'> & { items: Model[] };
export type Facets = Schemas['FacetsView'];
export type Facet = Schemas['FacetView'];
export type Sort = Schemas['Sort'];
export type Marks = Schemas['MarksView'];
export type PreviewFacts = Schemas['PreviewFacts'];

export interface Accepted {
  job: Job;
  deduplicated: boolean;
}

/** What is asked of a list. */
export interface ModelQuery {
  q: string;
  category: string | null;
  sort: Sort;
  backwards: boolean;
}

/** The models that an action is about: these, or all that a search finds. */
export type Target = { ids: readonly string[] } | { query: string; within: string | null };

export type Owner = 'user' | 'provider' | 'archive' | 'header';

export interface Metadata {
  id: string;
  name: string | null;
  description: string | null;
  trained_words: string[];
  base_model: string | null;
  type: string | null;
  source: string | null;
  page_url: string | null;
  completeness: 'complete' | 'partial' | 'minimal';
  missing: string[];
  last_updated: number | null;
  owners: Record<string, Owner>;
  sources: Record<string, string>;
  gone_upstream: boolean;
  sidecar: string | null;
  foreign: string[];
}

export type MetadataPatch = Partial<
  Pick<Metadata, 'name' | 'description' | 'trained_words' | 'base_model'>
> & { reset?: string[] };

export interface FieldChange {
  field: string;
  value: unknown;
  owner: Owner | null;
  source: string | null;
  at: number;
}

export interface KnownPicture {
  index: number;
  type: 'image' | 'video';
  nsfw_level: number | null;
  source: string | null;
  shown: boolean;
  thumbnail: string | null;
}

export interface SavedFilter {
  name: string;
  query: string;
  category: string | null;
}

/** Where models are to go. */
export interface MoveTo {
  category: string;
  root: string | null;
  folder: string;
}

export interface ChangeView {
  id: string;
  kind: string;
  at: number;
  files: number;
  bytes: number;
  can_be_undone: boolean;
  undone: boolean;
}

/** What became of a wish to change files: done, or a job that does it. */
export interface Changed {
  change: ChangeView | null;
  job: Job | null;
  results: { id: string; new_id: string | null; error: Problem | null }[];
  workflows: { path: string; references: number; can_patch: boolean }[];
}
