import type { TurnContext } from 'botbuilder';
import type { TextKey } from '../../locales/index.ts';
import type { ReminderDue, ReminderKind } from '../../src/domain/reminder.ts';
import { aboutWords, type Line, say } from '../kit/index.ts';

/** What is said when only the hour has come, and what once the platform has reported it. */
const DUE: Record<ReminderKind, Record<ReminderDue['cause'], TextKey>> = {
  'maintenance-over': {
    time: 'reminders.due-maintenance-over',
    platform: 'reminders.due-maintenance-over-reported',
  },
  settled: { time: 'reminders.due-settled', platform: 'reminders.due-settled-reported' },
  'lock-released': {
    time: 'reminders.due-lock-released',
    platform: 'reminders.due-lock-released-reported',
  },
  unbound: { time: 'reminders.due-unbound', platform: 'reminders.due-unbound-reported' },
  'cooling-off-ending': {
    time: 'reminders.due-cooling-off-ending',
    platform: 'reminders.due-cooling-off-ending',
  },
  'first-bill': { time: 'reminders.due-first-bill', platform: 'reminders.due-first-bill' },
  'second-bill': { time: 'reminders.due-second-bill', platform: 'reminders.due-second-bill' },
  'credit-report': { time: 'reminders.due-credit-report', platform: 'reminders.due-credit-report' },
};

/** After these the customer wants to go on with unbinding. */
const GO_ON: readonly ReminderKind[] = ['maintenance-over', 'settled', 'lock-released'];
const NEXT: Line[] = [{ key: 'common.startFailing' }, { key: 'common.startHow' }];

/** Tells a customer what they had asked to be told, and no more than is known. */
export async function sayReminder(context: TurnContext, due: ReminderDue): Promise<void> {
  const { kind, cause, about } = due;
  const choices = GO_ON.includes(kind) ? NEXT : [];
  await say(context, DUE[kind][cause], { about: aboutWords(about) }, { choices });
}
