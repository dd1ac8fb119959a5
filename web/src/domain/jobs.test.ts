import { describe, expect, it } from 'vitest';

import { TRANSITIONS } from '../api/transitions';
import type { Action, Job, JobState } from '../api/types';
import { NOON, batch, job, live } from '../testing/samples';
import {
  FINISHED_STATES,
  LIVE_STATES,
  allows,
  arranged,
  badgeOf,
  bytesOf,
  fractionOf,
  isLive,
  needsPerson,
  totalOf,
} from './jobs';

const STATES = Object.keys(TRANSITIONS) as JobState[];
const ACTIONS: Action[] = ['pause', 'resume', 'cancel', 'retry', 'approve', 'reject'];
const DAY = 24 * 3_600_000;

const allowed = (given: Partial<Job>) => ACTIONS.filter((action) => allows(job(given), action));
const ids = (jobs: readonly Job[]) => jobs.map((each) => each.id);
const named = (id: string, given: Partial<Job> = {}) => job({ id, ...given });

it('knows every state as live or finished, and none as both', () => {
  expect([...LIVE_STATES, ...FINISHED_STATES].sort()).toEqual([...STATES].sort());
  expect(STATES.filter((state) => isLive(job({ state })))).toEqual(
    STATES.filter((state) => (LIVE_STATES as readonly string[]).includes(state)),
  );
});

describe('needsPerson', () => {
  it('is so for what failed and for what is left to a decision', () => {
    expect(STATES.filter((state) => needsPerson(job({ state })))).toEqual(['review', 'failed']);
  });

  it.each(['approval', 'host_key', 'disk', 'credentials'] as const)(
    'is so for what waits for %s',
    (wait_reason) => expect(needsPerson(job({ wait_reason }))).toBe(true),
  );

  it.each(['retry', 'lane', 'locked', 'offline'] as const)(
    'is not so for what waits for %s, which ends by itself',
    (wait_reason) => expect(needsPerson(job({ wait_reason }))).toBe(false),
  );

  it('is not so for a reason that belongs to the past', () => {
    expect(needsPerson(job({ state: 'running', wait_reason: 'disk' }))).toBe(false);
  });

  it('is not so for a batch: its files say it themselves', () => {
    expect(needsPerson(batch({ state: 'failed' }))).toBe(false);
  });
});

describe('allows', () => {
  it('gives no more than the transitions do', () => {
    for (const state of STATES) {
      const given = { state, wait_reason: 'approval', run_after: NOON } as const;
      const possible = Object.keys(TRANSITIONS[state]);
      expect(possible).toEqual(expect.arrayContaining(allowed(given)));
    }
  });

  it.each([
    ['paused', ['resume', 'cancel']],
    ['running', ['pause', 'cancel']],
    ['verifying', ['pause', 'cancel']],
    ['review', ['cancel', 'approve', 'reject']],
    ['succeeded', []],
    ['failed', ['retry']],
    ['cancelled', ['retry']],
  ] as const)('lets a %s job be %j', (state, actions) => {
    expect(allowed({ state })).toEqual(actions);
  });

  it('lets a waiting job be tried now only where it waits for its next attempt', () => {
    expect(allowed({})).toEqual(['pause', 'cancel']);
    expect(allowed({ wait_reason: 'retry', run_after: NOON })).toEqual(['pause', 'cancel', 'retry']);
  });

  it('lets a host be decided on only where that is the question', () => {
    expect(allowed({ wait_reason: 'approval', run_after: NOON })).toEqual([
      'pause',
      'cancel',
      'approve',
      'reject',
    ]);
  });

  it('lets a wish for a pause only become one for an end', () => {
    expect(allowed({ state: 'running', control: 'pause' })).toEqual(['cancel']);
    expect(allowed({ state: 'running', control: 'cancel' })).toEqual([]);
  });
});

describe('bytesOf', () => {
  it('takes the live figures of what runs or is checked', () => {
    expect(bytesOf(job({ state: 'running', bytes_done: 1 }), live())).toEqual({ done: 400, total: 1_000 });
    expect(bytesOf(job({ state: 'verifying' }), live({ bytes_done: 7 })).done).toBe(7);
  });

  it('keeps to the store for what stands, whatever was live a moment ago', () => {
    expect(bytesOf(job({ state: 'paused', bytes_done: 300 }), live()).done).toBe(300);
  });

  it('knows the total from the store where the live figures do not have it', () => {
    expect(bytesOf(job({ state: 'running' }), live({ bytes_total: null })).total).toBe(1_000);
  });

  it('counts what is ready in full', () => {
    expect(bytesOf(job({ state: 'succeeded', bytes_done: 0 })).done).toBe(1_000);
    expect(bytesOf(job({ state: 'succeeded', bytes_done: 9, bytes_total: null })).done).toBe(9);
  });
});

describe('fractionOf', () => {
  it('is what is here of the whole', () => {
    expect(fractionOf(job({ state: 'running' }), live())).toBe(0.4);
  });

  it('is nought where the whole is not known, and never more than one', () => {
    expect(fractionOf(job({ bytes_done: 5, bytes_total: null }))).toBe(0);
    expect(fractionOf(job({ bytes_done: 1_001 }))).toBe(1);
  });
});

describe('arranged', () => {
  it('orders by priority, then by place, then by age', () => {
    const jobs = [
      named('later', { seq: 2 }),
      named('behind', { rank: 5, seq: 0 }),
      named('urgent', { priority: 10, rank: 9, seq: 3 }),
      named('older', { seq: 1 }),
    ];
    expect(ids(arranged(jobs).single)).toEqual(['urgent', 'older', 'later', 'behind']);
  });

  it('shows what needs a person in that group only, also out of a batch', () => {
    const groups = arranged([
      batch({ state: 'running' }),
      named('asks', { parent_id: 'b1', state: 'review' }),
      named('runs', { parent_id: 'b1', state: 'running' }),
      named('failed', { state: 'failed', finished_at: NOON }),
    ]);
    expect(ids(groups.attention).sort()).toEqual(['asks', 'failed']);
    expect(groups.batches.map((group) => ids(group.live))).toEqual([['runs']]);
    expect(groups.single).toEqual([]);
    expect(groups.days).toEqual([]);
  });

  it('keeps the ready files of a batch with it while it is on its way', () => {
    const [group] = arranged([
      batch({ state: 'running' }),
      named('ready', { parent_id: 'b1', state: 'succeeded', finished_at: NOON }),
      named('waits', { parent_id: 'b1' }),
      named('other'),
    ]).batches;
    expect(ids(group!.ready)).toEqual(['ready']);
    expect(ids(group!.live)).toEqual(['waits']);
  });

  it('puts the files of a finished batch among the finished ones', () => {
    const groups = arranged([
      batch({ state: 'succeeded', finished_at: NOON }),
      named('ready', { parent_id: 'b1', state: 'succeeded', finished_at: NOON }),
    ]);
    expect(groups.batches).toEqual([]);
    expect(groups.days.map((day) => ids(day.jobs))).toEqual([['ready']]);
  });

  it('puts what was cancelled in a batch among the finished ones at once', () => {
    const groups = arranged([
      batch({ state: 'running' }),
      named('dropped', { parent_id: 'b1', state: 'cancelled', finished_at: NOON }),
    ]);
    expect(groups.days.map((day) => ids(day.jobs))).toEqual([['dropped']]);
  });

  it('gathers the finished ones by day, last first, each at its local midnight', () => {
    const done = (id: string, finished_at: number | null) =>
      named(id, { state: 'succeeded', finished_at });
    const { days } = arranged([
      done('morning', NOON - 3_600_000),
      done('yesterday', NOON - DAY),
      done('noon', NOON),
    ]);
    expect(days.map((day) => ids(day.jobs))).toEqual([['noon', 'morning'], ['yesterday']]);
    expect(new Date(days[0]!.day).getHours()).toBe(0);
    expect(new Date(days[0]!.day).getDate()).toBe(new Date(NOON).getDate());
  });

  it('counts for a day only the bytes that were fetched', () => {
    const finished_at = NOON;
    const { days } = arranged([
      named('a', { state: 'succeeded', finished_at, bytes_total: 700 }),
      named('b', { state: 'succeeded', finished_at, bytes_total: 9_000, reused: true }),
      named('c', { state: 'cancelled', finished_at, bytes_total: 9_000 }),
      named('d', { state: 'succeeded', finished_at, bytes_total: null }),
    ]);
    expect(days.map((day) => day.bytes)).toEqual([700]);
  });
});

describe('totalOf', () => {
  const running = named('r', { state: 'running' });

  it('is of all unfinished work: what runs, waits and is paused', () => {
    const jobs = [running, named('w', { bytes_done: 100 }), named('p', { state: 'paused' })];
    expect(totalOf(jobs, { r: live() })).toEqual({
      done: 500,
      total: 3_000,
      speed: 100,
      secondsLeft: 25,
      running: 1,
    });
  });

  it('leaves out what is finished, what waits for a decision, and batches', () => {
    const out = [
      named('s', { state: 'succeeded' }),
      named('f', { state: 'failed' }),
      named('d', { state: 'review' }),
      batch({ state: 'running', bytes_total: 9_000 }),
    ];
    expect(totalOf(out, {})).toEqual({ done: 0, total: 0, speed: 0, secondsLeft: null, running: 0 });
  });

  it('says no time left while nothing moves', () => {
    expect(totalOf([running], { r: live({ bytes_per_second: 0 }) }).secondsLeft).toBeNull();
  });

  it('counts what is checked as at work, but not as speed', () => {
    const total = totalOf([named('v', { state: 'verifying' })], { v: live() });
    expect(total).toMatchObject({ running: 1, speed: 0 });
  });

  it('takes what came as the whole where nobody says how much there is', () => {
    const unknown = named('u', { state: 'running', bytes_total: null });
    expect(totalOf([unknown], { u: live({ bytes_total: null }) })).toMatchObject({ done: 400, total: 400 });
  });
});

describe('badgeOf', () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => named(`j${n}`));

  it('counts what is at work or waits', () => {
    expect(badgeOf([...many(2), named('r', { state: 'running' })])).toBe('3');
    expect(badgeOf(many(99))).toBe('99');
    expect(badgeOf(many(100))).toBe('99+');
  });

  it('says first that a person is needed', () => {
    expect(badgeOf([...many(200), named('f', { state: 'failed' })])).toBe('!');
  });

  it('is not there where nothing goes on', () => {
    const quiet = [
      named('p', { state: 'paused' }),
      named('s', { state: 'succeeded' }),
      batch({ state: 'running' }),
    ];
    expect(badgeOf(quiet)).toBeNull();
  });
});
