import { deskState } from './opening-hours.ts';

/**
 * 提醒: what a customer can ask to be told later. Decided cases are not among them: those are told in any
 * case (`CASE_CHANGED`).
 */
export const REMINDER_KINDS = [
  'maintenance-over',
  'settled',
  'lock-released',
  'unbound',
  'cooling-off-ending',
  'first-bill',
  'second-bill',
  'credit-report',
] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/** `gone`: its conversation is no longer there, nobody can be told. */
export const REMINDER_STATES = ['waiting', 'told', 'cancelled', 'gone'] as const;
export type ReminderState = (typeof REMINDER_STATES)[number];

/** Whose reminder it is: shown and cancelled only in its conversation, or by the same customer elsewhere. */
export interface ReminderOwner {
  conversationId: string;
  customerId?: string | undefined;
}

export interface NewReminder extends ReminderOwner {
  kind: ReminderKind;
  /** When to tell. Absent = only once the platform reports it. */
  at?: Date | undefined;
  /** The platform's id of what it is about: a card or an announcement. */
  subject?: string | undefined;
  /** What it is about, as the customer was told: 招商银行尾号1234. */
  about?: string | undefined;
}

export interface Reminder {
  id: string;
  kind: ReminderKind;
  state: ReminderState;
  about?: string | undefined;
  /** ISO-8601 UTC, at a decent hour; absent while only the platform knows when. */
  dueAt?: string | undefined;
}

export type ScheduleOutcome =
  /** `already`: the customer had asked for the same before; there is still only one. */
  | { kind: 'scheduled'; reminder: Reminder; already: boolean }
  /** The time has passed and the platform will not report it either: nothing was kept. */
  | { kind: 'too-late' };

/** Port for dialogs. */
export interface Reminders {
  /** Whether there will be a moment to tell it: offer only what this allows. */
  canSchedule(reminder: NewReminder): boolean;
  /** Keeps a reminder. The same key returns the same one; a time at night is moved to the morning. */
  schedule(reminder: NewReminder, idempotencyKey: string): Promise<ScheduleOutcome>;
  /** Those the owner still waits for, soonest first. */
  list(owner: ReminderOwner): Promise<Reminder[]>;
  /** False when the owner has no such reminder waiting. */
  cancel(id: string, owner: ReminderOwner): Promise<boolean>;
}

/** Name of the internal event that has a conversation reminded. */
export const REMINDER_DUE = 'unbind.reminder.due';

export interface ReminderDue {
  reminderId: string;
  kind: ReminderKind;
  /** `platform`: it has reported that it is so; `time`: only the hour has come. */
  cause: 'time' | 'platform';
  about?: string | undefined;
}

/** A reminder on its way into a conversation, which drops one whose key it has seen. */
export interface ReminderEvent {
  name: typeof REMINDER_DUE;
  value: ReminderDue;
  dedupeKey: string;
}

/**
 * Hands a reminder to a conversation. `busy`: a person has the conversation, the bot is silent.
 * `gone`: there is no such conversation.
 */
export type TellReminder = (
  conversationId: string,
  event: ReminderEvent,
) => Promise<'told' | 'busy' | 'gone'>;

/** 合适的时段: `HH:MM` to `HH:MM` of each day, in the time zone. */
export interface DecentHours {
  timeZone: string;
  from: string;
  to: string;
}

/** This moment, or the next at which people may be written to unasked. */
export function decentFrom(at: Date, { timeZone, from, to }: DecentHours): Date {
  const daily = [{ from, to }];
  const periods = { 1: daily, 2: daily, 3: daily, 4: daily, 5: daily, 6: daily, 7: daily };
  const state = deskState({ timeZone, periods, holidays: [] }, at);
  return state.kind === 'open' ? at : (state.opensAt ?? at);
}

const STEP_MS = 15 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** The last such moment that is not after this one, to the quarter of an hour. */
export function decentBefore(at: Date, hours: DecentHours): Date {
  for (let backMs = 0; backMs < DAY_MS; backMs += STEP_MS) {
    const moment = new Date(at.getTime() - backMs);
    if (decentFrom(moment, hours).getTime() === moment.getTime()) return moment;
  }
  return at;
}

/** How long before a deadline its reminder is told at the latest; told later, it would come too late. */
export const DEADLINE_LEAD_MS = 60 * 60_000;

/** The same day some months on, or the last one of a shorter month. */
export function monthsAfter(at: Date, months: number): Date {
  const then = new Date(at);
  then.setUTCMonth(at.getUTCMonth() + months);
  if (then.getUTCDate() < at.getUTCDate()) then.setUTCDate(0);
  return then;
}
