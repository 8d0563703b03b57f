import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { Outcome } from '../../src/domain/outcome.ts';
import { decentFrom, type NewReminder, type ReminderKind } from '../../src/domain/reminder.ts';
import { asides } from './asides.ts';
import { ownerOf } from './case-flow.ts';
import { whenOf } from './format.ts';
import type { Answer } from './question.ts';
import { ask } from './question-prompt.ts';
import { type Line, type Slots, type SlotValue, say } from './say.ts';
import type { Services } from './services.ts';
import { finish } from './topic-dialog.ts';
import { turnOf } from './turn.ts';

const AT_WHAT_HOUR = asides([
  [
    /半夜|凌晨|太晚|太早|吵|时差|[\d一二三四五六七八九十两]点|几点|what time|o'?clock|\b(?:at|in the) night\b/u,
    'reminders.asideHours',
  ],
]);

export const REMIND_ME = 'remind-me';

/** What a topic offers to tell later. It is stored in the dialog state, so it is plain data. */
export interface ReminderOffer {
  kind: ReminderKind;
  /** ISO-8601, as the platform told it or the calendar says; never a guess. Absent = once it is reported. */
  at?: string;
  /** Id of the card or announcement, so that the platform's event is known to be about it. */
  subject?: string;
  /** What it is about, for the customer: 招商银行尾号1234. */
  about?: string;
}

/** What `REMIND_ME` begins with. */
interface RemindOptions extends ReminderOffer {
  /** What is offered after this one was wanted. */
  others?: ReminderOffer[];
  /** One before it was wanted. */
  more?: boolean;
}

/** Offers one after the other, as long as they are wanted; the next step gets a `RemindResult`. */
export function offerReminders(
  step: WaterfallStepContext,
  offers: readonly ReminderOffer[],
): Promise<DialogTurnResult> {
  const [first, ...others] = offers;
  if (!first) return step.next({ kind: 'not-offered' } satisfies RemindResult);
  return step.beginDialog(REMIND_ME, { ...first, others } satisfies RemindOptions);
}

/** `not-offered`: there would never be a moment to tell it, so nothing was asked. */
export type RemindResult = { kind: 'scheduled' } | { kind: 'declined' } | { kind: 'not-offered' };

/** Whether a topic's inner dialog has ended with the offer of a reminder: there is nothing more to say. */
export function isReminded(result: { kind: string }): result is RemindResult {
  return ['scheduled', 'declined', 'not-offered'].includes(result.kind);
}

/** Ends the topic after the offer of a reminder: `otherwise` when there will be none. */
export function finishReminded(
  step: WaterfallStepContext,
  { kind }: RemindResult,
  otherwise: Outcome,
): Promise<DialogTurnResult> {
  return finish(step, kind === 'scheduled' ? 'reminder' : otherwise);
}

/** 「（招商银行尾号1234）」, or nothing. */
export function aboutWords(about: string | undefined): SlotValue {
  return about ? { key: 'reminders.about', slots: { about } } : '';
}

/** What a reminder is about, in a few words: 「维护结束」. */
export function whatWords(kind: ReminderKind): Line {
  return { key: `reminders.what-${kind}` };
}

function wishOf(step: WaterfallStepContext): NewReminder {
  const { kind, at, subject, about } = step.options as ReminderOffer;
  return {
    ...ownerOf(step),
    kind,
    ...(at !== undefined && { at: new Date(at) }),
    ...(subject !== undefined && { subject }),
    ...(about !== undefined && { about }),
  };
}

/**
 * 「到时候要我提醒您吗?」: asks, keeps the reminder and says what comes when. A topic adds it to its inner
 * dialogs, begins `REMIND_ME` with a `ReminderOffer` and gets a `RemindResult`.
 */
export function remindMe(services: Services): WaterfallDialog {
  const isReported = (wish: NewReminder) => services.reminders.canSchedule({ ...wish, at: undefined });

  function slotsOf(step: WaterfallStepContext, at: Date | string | undefined): Slots {
    const { kind } = step.options as RemindOptions;
    const when = at === undefined ? '' : whenOf(services, at);
    return { what: whatWords(kind), when, from: services.settings.reminderHours.from };
  }

  async function offer(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const wish = wishOf(step);
    const { more } = step.options as RemindOptions;
    if (!services.reminders.canSchedule(wish))
      return step.endDialog({ kind: more ? 'scheduled' : 'not-offered' } satisfies RemindResult);
    const { clock, settings } = services;
    const ahead = wish.at && wish.at > clock.now() ? decentFrom(wish.at, settings.reminderHours) : undefined;
    const withTime = isReported(wish) ? 'reminders.offerAtOrReported' : 'reminders.offerAt';
    return ask(step, {
      kind: 'yes-no',
      key: more && ahead ? 'reminders.offerMore' : ahead ? withTime : 'reminders.offerReported',
      slots: slotsOf(step, ahead),
      yes: 'reminders.yes',
      no: 'reminders.no',
      retry: 'reminders.offerRetry',
      asides: AT_WHAT_HOUR,
      aside: true,
    });
  }

  async function keep(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const { others = [], more } = step.options as RemindOptions;
    if (answer.kind !== 'yes-no' || !answer.yes) {
      await say(step.context, more ? 'reminders.enough' : 'reminders.notNeeded');
      return step.endDialog({ kind: more ? 'scheduled' : 'declined' } satisfies RemindResult);
    }
    const wish = wishOf(step);
    const kept = await services.reminders.schedule(wish, `${turnOf(step.context).idempotencyKey}:reminder`);
    if (kept.kind === 'too-late') {
      await say(step.context, 'reminders.tooLate');
      return step.endDialog({ kind: 'not-offered' } satisfies RemindResult);
    }
    const { dueAt } = kept.reminder;
    const withTime = isReported(wish) ? 'reminders.keptAtOrReported' : 'reminders.keptAt';
    await say(step.context, dueAt ? withTime : 'reminders.keptReported', slotsOf(step, dueAt));
    const [next, ...rest] = others;
    if (next)
      return step.replaceDialog(REMIND_ME, { ...next, others: rest, more: true } satisfies RemindOptions);
    return step.endDialog({ kind: 'scheduled' } satisfies RemindResult);
  }

  return new WaterfallDialog(REMIND_ME, [offer, keep]);
}
