/** How a job looks: icon, colour and word. Words are keys of the texts. */
import type { IconName } from '../components/base/icons';
import type { Job, Live } from '../api/types';
import { isUpkeep, upkeepIcon } from './upkeep';

export type Tone = 'go' | 'ok' | 'warn' | 'bad' | 'f2' | 'f3';
export type BarKind = 'go' | 'paused' | 'check' | 'ok' | 'warn';

export interface Look {
  icon: IconName;
  tone: Tone;
  word: string;
}

/** No byte for so long means that something stands still. */
export const STALLED_AFTER_MS = 20_000;

const TOKEN = new Set([
  'civitai_login_needed',
  'civitai_key_refused',
  'hf_gated_login',
  'hf_gated_token',
  'hf_token_refused',
  'hf_login_or_missing',
]);

export function lookOf(job: Job, stalledMs = 0): Look {
  switch (job.state) {
    case 'running':
      if (isUpkeep(job)) return { icon: upkeepIcon(job), tone: 'go', word: `health.working.${job.kind}` };
      return stalledMs >= STALLED_AFTER_MS
        ? { icon: 'queue', tone: 'warn', word: 'state.stalled' }
        : { icon: 'queue', tone: 'go', word: 'state.running' };
    case 'verifying':
      return { icon: 'shield', tone: 'ok', word: 'state.verifying' };
    case 'pending':
      return waiting(job);
    case 'paused':
      return { icon: 'pause', tone: 'f2', word: 'state.paused' };
    case 'review':
      return { icon: 'shq', tone: 'warn', word: 'state.review' };
    case 'failed':
      return failed(job);
    case 'succeeded':
      return { icon: 'check', tone: 'ok', word: job.reused ? 'state.reused' : 'state.succeeded' };
    case 'cancelled':
      return { icon: 'minus', tone: 'f3', word: 'state.cancelled' };
  }
}

function waiting(job: Job): Look {
  switch (job.wait_reason) {
    case 'retry':
      return { icon: 'retry', tone: 'f2', word: 'state.retry' };
    case 'disk':
      return { icon: 'disk', tone: 'warn', word: 'state.disk' };
    case 'approval':
      return { icon: 'shq', tone: 'warn', word: 'state.approval' };
    case 'credentials':
      return { icon: 'key', tone: 'bad', word: 'state.credentials' };
    case 'host_key':
    case 'lane':
    case 'locked':
    case 'offline':
    case null:
      return { icon: 'clock', tone: 'f3', word: 'state.pending' };
  }
}

function failed(job: Job): Look {
  const code = job.error?.code ?? '';
  if (code === 'hf_gated_acceptance') return { icon: 'lock', tone: 'bad', word: 'state.licence' };
  if (TOKEN.has(code)) return { icon: 'key', tone: 'bad', word: 'state.credentials' };
  return { icon: 'fail', tone: 'bad', word: 'state.failed' };
}

/** Whether the row has a bar: from the first byte on, until it ends. */
export function barOf(job: Job, live?: Live): BarKind | null {
  if (job.state === 'verifying') return 'check';
  if (job.state === 'running') return 'go';
  const some = job.bytes_done > 0 || (live?.bytes_done ?? 0) > 0;
  if (!some) return null;
  if (job.state === 'paused') return 'paused';
  if (job.state === 'pending') return job.wait_reason === 'disk' ? 'warn' : 'paused';
  return null;
}

/** The one thing that helps a row which needs a person. */
export type Remedy =
  | { kind: 'token'; provider: 'civitai' | 'huggingface' }
  | { kind: 'open'; url: string; label: string }
  | { kind: 'act'; action: 'retry'; label: string }
  | { kind: 'review' }
  | { kind: 'approve' }
  | { kind: 'keepBoth' };

const HF_TOKENS = 'https://huggingface.co/settings/tokens';

export function remedyOf(job: Job): Remedy {
  const code = job.error?.code ?? '';
  const page = pageOf(job);
  if (job.state === 'review') return { kind: 'review' };
  if (job.wait_reason === 'approval') return { kind: 'approve' };
  const provider = providerOfToken(code);
  if (provider) return { kind: 'token', provider };
  if (code === 'hf_gated_scope') return { kind: 'open', url: HF_TOKENS, label: 'do.tokenSettings' };
  if (code === 'hf_gated_acceptance' && page) {
    return { kind: 'open', url: page, label: 'do.licence' };
  }
  if (OPENS_PAGE.has(code) && page) return { kind: 'open', url: page, label: 'do.page' };
  if (code === 'destination_exists') return { kind: 'keepBoth' };
  return { kind: 'act', action: 'retry', label: 'do.retry' };
}

/** Whose token helps against an error; null where none does. */
export function providerOfToken(code: string): 'civitai' | 'huggingface' | null {
  if (!TOKEN.has(code)) return null;
  return code.startsWith('civitai') ? 'civitai' : 'huggingface';
}

const OPENS_PAGE = new Set([
  'civitai_early_access',
  'civitai_paid',
  'civitai_no_grant',
  'civitai_forbidden',
  'not_a_model',
]);

/** The model's page: as its provider names it, else what the error knows. Never another scheme. */
export function pageOf(job: Job): string | null {
  const url = job.page ?? job.error?.details['page'] ?? job.error?.details['url'];
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url : null;
}
