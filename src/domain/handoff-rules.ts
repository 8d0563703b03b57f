import type { Mode } from './conversation.ts';
import type { DeskGroup } from './desk.ts';
import type { HandoffChange, HandoffWish, MinuteRange, Priority } from './handoff.ts';

const PRIORITY_OF: readonly { priority: Priority; names: readonly string[] }[] = [
  { priority: 0, names: ['fraud', 'fraud_report'] },
  { priority: 1, names: ['complaint'] },
];

/** A reason may go on: `complaint JB20261123000017`. */
const isAbout = (name: string, { reason, topic }: HandoffWish) =>
  topic === name || reason === name || reason?.startsWith(`${name} `) === true;

/** Fraud before complaints before everything else. */
export function priorityOf(wish: HandoffWish): Priority {
  return PRIORITY_OF.find(({ names }) => names.some((name) => isAbout(name, wish)))?.priority ?? 2;
}

/** 技能: every agent speaks Chinese; other languages have to be known. */
export function skillsFor({ locale }: HandoffWish): string[] {
  const [language = 'zh'] = locale.toLowerCase().split('-');
  return language === 'zh' ? [] : [language];
}

/** Where everything goes that no group asks for. */
export const DEFAULT_GROUP = 'default';

/**
 * 技能组: the first active group, in their order, that asks for such a wish. One where nobody is leaves it to the
 * default group as long as somebody is there.
 */
export function groupFor(
  wish: HandoffWish,
  groups: readonly DeskGroup[],
  staffed: readonly string[] = [],
): string {
  const wants = ({ active, routes }: DeskGroup) =>
    active &&
    (routes.about.some((name) => isAbout(name, wish)) || routes.locales.some((it) => it === wish.locale));
  const wanted = groups.find(wants)?.id ?? DEFAULT_GROUP;
  return !staffed.includes(wanted) && staffed.includes(DEFAULT_GROUP) ? DEFAULT_GROUP : wanted;
}

/** Whether an agent has all the skills. Those that nobody present has are asked of nobody: a customer would wait for ever. */
export function mayTake(
  agent: readonly string[],
  wanted: readonly string[],
  present: readonly (readonly string[])[],
): boolean {
  return wanted.every((skill) => agent.includes(skill) || !present.some((other) => other.includes(skill)));
}

/** Exact up to ten; beyond that in steps, since the tenth part of a long queue says as much and changes less. */
export function coarsePosition(position: number): number {
  if (position <= 10) return position;
  const step = position <= 50 ? 5 : position <= 200 ? 20 : 100;
  return Math.ceil(position / step) * step;
}

/** Fewer talks than this say nothing about the next one. */
export const ETA_SAMPLES = 5;
/** People are late more often than early. */
const EARLY = 0.7;
const LATE = 1.4;

/**
 * Minutes until somebody is called: the median time a talk takes, times the place, over the talks that can go
 * on at once. `null` with too few samples or with nobody there.
 */
export function etaMinutes(known: {
  position: number;
  medianSeconds: number;
  samples: number;
  /** Talks at the same time of everybody who is online. */
  capacity: number;
}): MinuteRange | null {
  const { position, medianSeconds, samples, capacity } = known;
  if (samples < ETA_SAMPLES || capacity < 1 || medianSeconds <= 0) return null;
  const minutes = (medianSeconds * position) / capacity / 60;
  const from = Math.max(1, Math.floor(minutes * EARLY));
  return { from, to: Math.max(from + 1, Math.ceil(minutes * LATE)) };
}

/** Who answers after a change; undefined when it stays as it is. */
export function modeAfter({ kind }: HandoffChange): Mode | undefined {
  switch (kind) {
    case 'accepted':
      return 'human';
    case 'requeued':
      return 'queued';
    case 'returned':
    case 'closed':
      return 'bot';
    case 'position':
    case 'waiting-long':
    case 'offer-message':
      return undefined;
  }
}
