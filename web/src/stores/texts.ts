import { computed, ref, shallowRef } from '@vue/reactivity';

import english from '../../../locales/en/main.json';
import type { Evidence, Job, Problem } from '../api/types';
import { createFormats } from '../format/formats';
import type { Host } from '../hosts/host';
import { directionOf } from '../i18n/direction';
import { createTranslator, type Messages, type Params } from '../i18n/translator';

type Loader = () => Promise<{ default: { modelKeeper: Messages } }>;

/** English is always here; another language is fetched when it is wanted. */
const LANGUAGES: Record<string, Loader> = {
  zh: () => import('../../../locales/zh/main.json'),
};

const ENGLISH = english.modelKeeper as Messages;

/** Every text and number that the panel shows, in the host's language. */
export function createTexts(host: Host) {
  const locale = ref('en');
  const messages = shallowRef<Messages>(ENGLISH);
  const translate = computed(() => createTranslator(messages.value, locale.value, ENGLISH));
  const formats = computed(() => createFormats(locale.value, units()));

  let last = '';

  /** The language asked for last is used, however late another one comes. */
  async function use(wanted: string): Promise<void> {
    last = wanted;
    const known = [wanted, wanted.split('-')[0] ?? ''].find((code) => code in LANGUAGES);
    const load = known ? LANGUAGES[known] : undefined;
    const found = load ? (await load()).default.modelKeeper : ENGLISH;
    if (wanted !== last) return;
    messages.value = found;
    locale.value = load && known ? known : 'en';
  }

  const t = (key: string, params?: Params): string => translate.value(key, params);

  /** Units are templates: what fills them in is written by the format itself. */
  function units() {
    const unit = (name: string): string => t(`unit.${name}`);
    return { days: unit('days'), hours: unit('hours'), minutes: unit('minutes'), seconds: unit('seconds') };
  }

  /** A problem in the reader's language; a code that is not known keeps the server's words. */
  function sentence(problem: Problem, part: 'message' | 'hint'): string {
    const key = `errors.${problem.code}.${part}`;
    const text = t(key, problem.details as Params);
    return text === key ? problem[part] : text;
  }

  /** A reason in the reader's language; one that is not known keeps the server's words. */
  function evidence(reason: Evidence): string {
    const key = `evidence.${reason.code}`;
    const text = t(key);
    return text === key ? reason.text : text;
  }

  host.onLocale((wanted) => void use(wanted));
  void use(host.locale());

  return {
    locale,
    direction: computed(() => directionOf(locale.value)),
    t,
    message: (problem: Problem) => sentence(problem, 'message'),
    hint: (problem: Problem) => sentence(problem, 'hint'),
    evidence,
    bytes: (n: number) => formats.value.bytes(n),
    bytesOf: (done: number, total: number) => formats.value.bytesOf(done, total, t('line.of')),
    speed: (rate: number) => formats.value.speed(rate),
    speedParts: (rate: number) => formats.value.speedParts(rate),
    duration: (seconds: number) => formats.value.duration(seconds),
    countdown: (ms: number) => formats.value.countdown(ms / 1_000),
    count: (n: number) => formats.value.count(n),
    /** `14:02` today, else the day. */
    when: (at: number, now: number) => formats.value.when(new Date(at), new Date(now)),
    folder: (job: Job) => [job.provider && t(`provider.${job.provider}`), job.category].filter(Boolean).join(' · '),
  };
}

export type Texts = ReturnType<typeof createTexts>;
