import { describe, expect, it } from 'vitest';

import english from '../../../locales/en/main.json';
import { TRANSITIONS } from '../api/transitions';
import type { Job, JobState } from '../api/types';
import { createTranslator } from '../i18n/translator';
import { job, live, problem } from '../testing/samples';
import { STALLED_AFTER_MS, barOf, lookOf, pageOf, remedyOf, type Look } from './look';

const STATES = Object.keys(TRANSITIONS) as JobState[];
const t = createTranslator(english.modelKeeper, 'en');

const failed = (code: string, given: Partial<Job> = {}) =>
  job({ state: 'failed', error: problem(code), ...given });
const shown = ({ icon, tone, word }: Look) => [icon, tone, t(word)];

describe('lookOf', () => {
  it.each([
    ['running', ['queue', 'go', 'Downloading']],
    ['verifying', ['shield', 'ok', 'Checking']],
    ['pending', ['clock', 'f3', 'Waiting']],
    ['paused', ['pause', 'f2', 'Paused']],
    ['review', ['shq', 'warn', 'Your decision']],
    ['failed', ['fail', 'bad', 'Failed']],
    ['succeeded', ['check', 'ok', 'Ready']],
    ['cancelled', ['minus', 'f3', 'Cancelled']],
  ] as const)('of a %s job is %j', (state, look) => {
    expect(shown(lookOf(job({ state })))).toEqual(look);
  });

  it.each([
    ['retry', ['retry', 'f2', 'Waiting, will try again']],
    ['disk', ['disk', 'warn', 'Drive full']],
    ['approval', ['shq', 'warn', 'Waits for your yes']],
    ['credentials', ['key', 'bad', 'Needs a token']],
    ['lane', ['clock', 'f3', 'Waiting']],
    ['locked', ['clock', 'f3', 'Waiting']],
    ['host_key', ['clock', 'f3', 'Waiting']],
    ['offline', ['clock', 'f3', 'Waiting']],
  ] as const)('of one that waits for %s is %j', (wait_reason, look) => {
    expect(shown(lookOf(job({ wait_reason })))).toEqual(look);
  });

  it.each([
    ['hf_gated_acceptance', ['lock', 'bad', 'Needs its licence accepted']],
    ['hf_gated_login', ['key', 'bad', 'Needs a token']],
    ['civitai_key_refused', ['key', 'bad', 'Needs a token']],
    ['hash_mismatch', ['fail', 'bad', 'Failed']],
  ] as const)('of one that failed with %s is %j', (code, look) => {
    expect(shown(lookOf(failed(code)))).toEqual(look);
  });

  it('tells a file that was here already from one that was fetched', () => {
    expect(shown(lookOf(job({ state: 'succeeded', reused: true })))[2]).toBe('Already here');
  });

  it('turns into a warning when no byte comes any more', () => {
    const running = job({ state: 'running' });
    expect(lookOf(running, STALLED_AFTER_MS - 1).tone).toBe('go');
    expect(shown(lookOf(running, STALLED_AFTER_MS))).toEqual(['queue', 'warn', 'No bytes']);
    expect(lookOf(job({ state: 'paused' }), STALLED_AFTER_MS).tone).toBe('f2');
  });

  it('can be told by icon and word alone, without its colour', () => {
    const looks = STATES.map((state) => lookOf(job({ state })));
    expect(new Set(looks.map((look) => look.icon)).size).toBe(STATES.length);
    expect(new Set(looks.map((look) => t(look.word))).size).toBe(STATES.length);
  });
});

describe('barOf', () => {
  const half = { bytes_done: 500 };

  it.each([
    ['running', 'go'],
    ['verifying', 'check'],
    ['paused', 'paused'],
    ['pending', 'paused'],
    ['review', null],
    ['failed', null],
    ['succeeded', null],
    ['cancelled', null],
  ] as const)('of a %s job with bytes is %s', (state, bar) => {
    expect(barOf(job({ state, ...half }))).toBe(bar);
  });

  it('is not there before the first byte of what does not run', () => {
    expect(barOf(job({ state: 'pending' }))).toBeNull();
    expect(barOf(job({ state: 'paused' }))).toBeNull();
    expect(barOf(job({ state: 'paused' }), live())).toBe('paused');
  });

  it('warns where the drive is full', () => {
    expect(barOf(job({ wait_reason: 'disk', ...half }))).toBe('warn');
  });
});

describe('remedyOf', () => {
  const page = 'https://huggingface.co/o/r';

  it('is the decision where one is asked for', () => {
    expect(remedyOf(job({ state: 'review', error: problem('hf_gated_login') }))).toEqual({ kind: 'review' });
    expect(remedyOf(job({ wait_reason: 'approval' }))).toEqual({ kind: 'approve' });
  });

  it.each([
    ['civitai_login_needed', 'civitai'],
    ['civitai_key_refused', 'civitai'],
    ['hf_gated_login', 'huggingface'],
    ['hf_gated_token', 'huggingface'],
    ['hf_token_refused', 'huggingface'],
    ['hf_login_or_missing', 'huggingface'],
  ] as const)('for %s is a token of %s', (code, provider) => {
    expect(remedyOf(failed(code))).toEqual({ kind: 'token', provider });
    expect(remedyOf(job({ wait_reason: 'credentials', error: problem(code) }))).toEqual({
      kind: 'token',
      provider,
    });
  });

  it('for a token that may too little is the page where that is changed', () => {
    expect(remedyOf(failed('hf_gated_scope'))).toEqual({
      kind: 'open',
      url: 'https://huggingface.co/settings/tokens',
      label: 'do.tokenSettings',
    });
  });

  it('for a licence is the page where it is accepted', () => {
    expect(remedyOf(failed('hf_gated_acceptance', { page }))).toEqual({
      kind: 'open',
      url: page,
      label: 'do.licence',
    });
  });

  it.each(['civitai_early_access', 'civitai_paid', 'civitai_no_grant', 'civitai_forbidden', 'not_a_model'])(
    'for %s is the page of the model',
    (code) => expect(remedyOf(failed(code, { page }))).toEqual({ kind: 'open', url: page, label: 'do.page' }),
  );

  it('for a name that is taken is another name', () => {
    expect(remedyOf(failed('destination_exists'))).toEqual({ kind: 'keepBoth' });
  });

  it.each(['hash_mismatch', 'hf_gated_acceptance', 'not_a_model'])(
    'for %s without a page is another attempt',
    (code) => expect(remedyOf(failed(code))).toEqual({ kind: 'act', action: 'retry', label: 'do.retry' }),
  );

  it('has words for every button', () => {
    const labels = ['setToken', 'review', 'approve', 'keepBoth', 'tokenSettings', 'licence', 'page', 'retry'];
    expect(labels.map((label) => t(`do.${label}`)).filter((text) => text.startsWith('do.'))).toEqual([]);
  });
});

describe('pageOf', () => {
  it('is what the provider names, else what the error knows', () => {
    const error = problem('not_a_model', { details: { page: 'https://a.example/p', url: 'https://a.example/f' } });
    expect(pageOf(job({ page: 'https://b.example/', error }))).toBe('https://b.example/');
    expect(pageOf(job({ error }))).toBe('https://a.example/p');
    expect(pageOf(job({ error: { ...error, details: { url: 'http://a.example/f' } } }))).toBe('http://a.example/f');
    expect(pageOf(job())).toBeNull();
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', ' https://a.example/', 'file:///etc/passwd', ''])(
    'is never %j',
    (page) => {
      expect(pageOf(job({ page }))).toBeNull();
      expect(remedyOf(failed('not_a_model', { page })).kind).toBe('act');
    },
  );

  it('is no thing that is not a text', () => {
    expect(pageOf(job({ error: problem('not_a_model', { details: { page: ['https://a.example/'] } }) }))).toBeNull();
  });
});
