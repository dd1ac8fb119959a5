/** Models and what is said of them; a test says only what it is about. */
import type { Changed, FileChange, Metadata, Model, ModelPage } from '../api/libraryTypes';
import { NOON } from './samples';

export function model(given: Partial<Model> = {}): Model {
  const name = given.name ?? 'detail.safetensors';
  return {
    id: `m-${name}`,
    category: 'loras',
    root: '/models/loras',
    relative: name,
    name,
    size: 1_000_000,
    changed_at: NOON,
    online: true,
    format: 'safetensors',
    base_model: 'SDXL 1.0',
    kind: 'loras',
    precision: 'F16',
    title: null,
    trigger_words: [],
    problem: null,
    hashes: {},
    claimed: {},
    runs: 0,
    last_used: null,
    completeness: 'complete',
    missing: [],
    has_preview: true,
    preview_nsfw_level: null,
    marks: { favourite: false, rating: 0, notes: '', tags: [] },
    ...given,
  };
}

/** Models that only differ in their names: `m0.safetensors` and so on. */
export function models(count: number, from = 0): Model[] {
  return Array.from({ length: count }, (_, n) => model({ name: `m${from + n}.safetensors` }));
}

export function modelPage(items: Model[] = [], given: Partial<ModelPage> = {}): ModelPage {
  return {
    items,
    next: null,
    total: items.length,
    facets: { category: [{ value: 'loras', count: items.length }], base_model: [], format: [] },
    scanned_at: NOON,
    scanning: false,
    ...given,
  };
}

export function metadata(given: Partial<Metadata> = {}): Metadata {
  return {
    id: 'm-detail.safetensors',
    name: 'Detail',
    version_name: null,
    description: null,
    trained_words: ['detailed', 'sharp focus'],
    base_model: 'SDXL 1.0',
    type: 'loras',
    source: 'civitai',
    page_url: null,
    download_url: null,
    creator: null,
    licence: null,
    tags: [],
    notes: null,
    hashes: {},
    preview: [],
    completeness: 'complete',
    missing: [],
    last_updated: NOON,
    owners: { name: 'provider', base_model: 'header' },
    sources: { name: 'civitai', base_model: 'header' },
    gone_upstream: false,
    sidecar: null,
    foreign: [],
    problems: [],
    ...given,
  };
}

export function fileChange(given: Partial<FileChange> = {}): FileChange {
  return {
    id: 'c1',
    kind: 'trash',
    at: NOON,
    models: 1,
    failed: 0,
    files: 1,
    bytes: 1_000_000,
    can_be_undone: true,
    undone: false,
    undoes: null,
    under_way: false,
    names: [],
    ...given,
  };
}

export function changed(given: Partial<Changed> = {}): Changed {
  return { change: fileChange(), job: null, results: [], workflows: [], ...given };
}
