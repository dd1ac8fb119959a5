/** Answers of a server with nothing special about them; a test says only what it is about. */
import type {
  FileChange,
  Maintenance,
  News,
  Recommendation,
  Schedule,
  Trashed,
  Update,
} from '../api/healthTypes';
import type {
  Analysis,
  Candidate,
  Change,
  Changes,
  Counts,
  Health,
  Inspection,
  Job,
  JobDetail,
  JobList,
  LinkInfo,
  Live,
  ModelFolder,
  Need,
  Place,
  Problem,
} from '../api/types';

/** Noon of some Thursday, in local time and in ms. */
export const NOON = new Date(2026, 0, 15, 12).getTime();

export function job(given: Partial<Job> = {}): Job {
  const name = given.name ?? 'ae.safetensors';
  return {
    id: 'j1',
    seq: 1,
    kind: 'download',
    target: 'local',
    state: 'pending',
    wait_reason: null,
    control: '',
    name,
    category: 'vae',
    root: '/models/vae',
    relative: name,
    path: `/models/vae/${name}`,
    provider: 'huggingface',
    title: null,
    page: null,
    host: 'huggingface.co',
    sha256: null,
    sha256_published: false,
    bytes_done: 0,
    bytes_total: 1_000,
    bandwidth: null,
    priority: 0,
    rank: 0,
    attempts: 0,
    max_attempts: 8,
    run_after: 0,
    reused: false,
    error: null,
    parent_id: null,
    batch: null,
    created_at: NOON,
    updated_at: NOON,
    started_at: null,
    finished_at: null,
    ...given,
  };
}

export function batch(given: Partial<Job> = {}): Job {
  return job({ id: 'b1', kind: 'batch', name: 'Flux', path: null, bytes_total: null, ...given });
}

export function detail(of: Job, given: Partial<JobDetail> = {}): JobDetail {
  return { job: of, url: `https://huggingface.co/${of.name}`, result: {}, history: [], ...given };
}

export function live(given: Partial<Live> = {}): Live {
  return {
    bytes_done: 400,
    bytes_total: 1_000,
    bytes_per_second: 100,
    seconds_left: 6,
    stage: 'download',
    connections: 4,
    note: '',
    ...given,
  };
}

export const NO_COUNTS: Counts = { live: {}, succeeded: 0, reused: 0, failed: 0, cancelled: 0 };

/** Nothing new, at cursor 0. */
export function changes(given: Partial<Changes> = {}): Changes {
  const since = given.since ?? 0;
  return {
    events: [],
    since,
    next: since,
    jobs: [],
    gone: [],
    live: {},
    counts: NO_COUNTS,
    notifications: [],
    unread: null,
    resync: false,
    ...given,
  };
}

export function jobList(items: Job[] = [], next: string | null = null): JobList {
  return { items, next, total: items.length, counts: NO_COUNTS };
}

export function problem(code: string, given: Partial<Problem> = {}): Problem {
  return {
    code,
    message: `The server's words for ${code}.`,
    hint: `The server's hint for ${code}.`,
    family: 'request',
    retryable: false,
    details: {},
    ...given,
  };
}

export function need(given: Partial<Need> = {}): Need {
  const name = given.name ?? 'ae.safetensors';
  return {
    name,
    state: 'fetch',
    category: 'vae',
    root: '/models/vae',
    path: `/models/vae/${name}`,
    url: `https://huggingface.co/${name}`,
    host: 'huggingface.co',
    provider: 'huggingface',
    size: 1_000,
    sha256_published: true,
    approval: false,
    candidates: [],
    relink: null,
    places: [place({ value: name })],
    failures: [],
    error: null,
    ...given,
  };
}

export function place(given: Partial<Place> = {}): Place {
  return {
    node_id: '7',
    node_type: 'VAELoader',
    scope: '',
    widget: 'vae_name',
    active: true,
    title: null,
    value: 'ae.safetensors',
    path: ['widgets_values', 0],
    copies: [],
    ...given,
  };
}

export function change(given: Partial<Change> = {}): Change {
  return {
    scope: '',
    node_id: '7',
    node_type: 'VAELoader',
    title: null,
    widget: 'vae_name',
    path: ['widgets_values', 0],
    old: 'SDXL/ae.safetensors',
    new: 'ae.safetensors',
    kind: null,
    ...given,
  };
}

/** A file that is here under another name or folder. */
export function relinkable(given: Partial<Need> = {}): Need {
  const name = given.name ?? 'SDXL/ae.safetensors';
  const changes = [change({ old: name })];
  const relink = {
    path: '/models/vae/ae.safetensors',
    category: 'vae',
    value: 'ae.safetensors',
    evidence: [{ code: 'same_hash', points: 100, text: 'Its sha256 is the same.' }],
    changes,
  };
  return need({ name, state: 'relink', path: relink.path, url: null, host: null, relink, ...given });
}

export function candidate(given: Partial<Candidate> = {}): Candidate {
  return {
    source: 'huggingface',
    name: 'ae.safetensors',
    url: 'https://huggingface.co/o/r/resolve/main/ae.safetensors',
    host: 'o/r',
    path: null,
    score: 80,
    evidence: [{ code: 'same_name', points: 60, text: 'The file name is the same.' }],
    sha256: null,
    size: 1_000,
    category: 'vae',
    title: null,
    page: null,
    note: null,
    automatic: false,
    changes: [],
    ...given,
  };
}

export function analysis(items: Need[] = [], free = 10_000): Analysis {
  return { items, space: [{ folder: '/models', needed: 0, free }], missing_nodes: [] };
}

export function link(given: Partial<LinkInfo> = {}): LinkInfo {
  return {
    text: 'https://huggingface.co/o/r/resolve/main/ae.safetensors',
    url: 'https://huggingface.co/o/r/resolve/main/ae.safetensors',
    provider: 'huggingface',
    title: null,
    name: 'ae.safetensors',
    size: 1_000,
    sha256: 'ab'.repeat(32),
    category: 'vae',
    root: '/models/vae',
    path: '/models/vae/ae.safetensors',
    free: 10_000,
    here: null,
    files: [],
    checks: [],
    duplicate_of: null,
    error: null,
    ...given,
  };
}

export function inspection(...items: LinkInfo[]): Inspection {
  return { items, left_out: 0, repeated: 0, volumes: [] };
}

export function folder(given: Partial<ModelFolder> = {}): ModelFolder {
  return { category: 'vae', path: '/models/vae', writable: true, is_default: true, free: 10_000, ...given };
}

export function recommendation(given: Partial<Recommendation> = {}): Recommendation {
  return {
    code: 'metadata',
    category: null,
    count: 1,
    bytes: null,
    action: { kind: 'metadata', query: null },
    missing: {},
    path: null,
    ...given,
  };
}

export function schedule(given: Partial<Schedule> = {}): Schedule {
  return {
    name: 'nightly',
    task: 'metadata',
    when: { kind: 'cron', cron: '0 3 * * *' },
    not_while_generating: true,
    only_when_idle: false,
    enabled: true,
    last_run: null,
    next_run: null,
    ...given,
  };
}

export function maintenance(recommendations: Recommendation[] = []): Maintenance {
  return {
    scanned_at: NOON,
    models: 100,
    bytes: 1_000,
    recommendations,
    volumes: [],
    activity: [],
    next_run: null,
  };
}

export function news(given: Partial<News> = {}): News {
  return {
    id: '1',
    at: NOON,
    level: 'info',
    code: 'metadata_finished',
    data: { total: 3, changed: 2, failed: 0 },
    job: 'm1',
    read: false,
    ...given,
  };
}

export function trashed(given: Partial<Trashed> = {}): Trashed {
  return {
    id: 't1',
    name: 'old.safetensors',
    category: 'loras',
    root: '/models/loras',
    relative: 'old.safetensors',
    size: 1_000,
    files: 1,
    thrown_at: NOON,
    expires_at: null,
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
    bytes: 1_000,
    can_be_undone: true,
    undone: false,
    undoes: null,
    under_way: false,
    names: ['old.safetensors'],
    ...given,
  };
}

export function update(given: Partial<Update> = {}): Update {
  return {
    model: 'u1',
    name: 'style.safetensors',
    category: 'loras',
    installed: { version: 'v1', version_id: 1, base_model: 'SDXL', pinned: false },
    newest: {
      version_id: 2,
      name: 'v2',
      base_model: 'SDXL',
      published_at: NOON,
      size: 1_000,
      file_name: 'style.safetensors',
      sha256: null,
      url: 'https://civitai.com/api/download/models/2',
      page_url: null,
    },
    refused: [],
    ignored: false,
    checked_at: NOON,
    ...given,
  };
}

export const HEALTH: Health = {
  host: 'standalone',
  version: '1.0.0',
  worker: { running: true },
  writes: null,
  problems: [],
  notes: [],
  generating: false,
  default_folder: null,
};
