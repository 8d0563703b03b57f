import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Reminder } from '../../src/domain/reminder.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  aboutWords,
  ask,
  type Choice,
  finish,
  type Line,
  ownerOf,
  saidIn,
  say,
  spoken,
  TopicDialog,
  whatWords,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

interface RemindersValues {
  /** What was listed, in the order the customer saw it. */
  shown: string[];
}

/** More are not read on a phone. */
const MOST_SHOWN = 5;

const ALL = 'all';
const NONE = 'none';

/** 「取消提醒」「别提醒我了」: the way to the question is the shorter one. */
const WANTS_CANCEL = /取消|删|别|不要|不用|不想|不需要|关|cancel|delete|remove|stop|dont (?:want|need)/u;

const WHICH = [
  [/^都不|一个都不|不取消|别取消|不用取消|留着|\bkeep\b|dont cancel|\bnone\b/, NONE],
  [/全部|全都|都取消|都不要|所有|统统|两[个条]都|三[个条]都|\b(?:all|both|every)\b/, ALL],
] as const;

/** 我的提醒: what the customer waits for, and how to wait no longer. */
export function reminders(services: Services): TopicDialog {
  function labelOf({ kind, about }: Reminder): Line {
    return { key: 'reminders.label', slots: { what: whatWords(kind), about: aboutWords(about) } };
  }

  function lineOf(reminder: Reminder): Line {
    const what = labelOf(reminder);
    const { dueAt } = reminder;
    if (!dueAt) return { key: 'reminders.lineReported', slots: { what } };
    return { key: 'reminders.lineAt', slots: { what, when: whenOf(services, dueAt) } };
  }

  async function show(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const found = await services.reminders.list(ownerOf(step));
    if (found.length === 0) {
      await say(step.context, 'reminders.none');
      await say(step.context, 'reminders.howToGet');
      return finish(step, 'solved');
    }
    const shown = found.slice(0, MOST_SHOWN);
    (step.values as unknown as RemindersValues).shown = shown.map(({ id }) => id);
    await say(step.context, 'reminders.list', { lines: { lines: shown.map(lineOf) } });
    return askWhich(step, shown);
  }

  function askWhich(step: WaterfallStepContext, shown: Reminder[]): Promise<DialogTurnResult> {
    const choices: Choice[] = shown.map((reminder) => ({ value: reminder.id, ...labelOf(reminder) }));
    if (shown.length > 1) choices.push({ value: ALL, key: 'reminders.cancelAll' });
    choices.push({ value: NONE, key: 'reminders.keepAll' });
    const [only] = shown;
    // With one reminder, yes can only mean that one.
    const plain = shown.length === 1 && only ? { yes: only.id, no: NONE } : { no: NONE };
    return ask(step, {
      kind: 'choice',
      key: WANTS_CANCEL.test(saidIn(step)) ? 'reminders.whichToCancel' : 'reminders.listNext',
      choices,
      spoken: spoken(WHICH, plain),
      retry: 'reminders.cancelRetry',
    });
  }

  async function cancel(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { shown } = step.values as unknown as RemindersValues;
    const answer = step.result as Answer;
    const value = answer.kind === 'choice' ? answer.value : NONE;
    if (value === NONE) await say(step.context, 'reminders.keptAll');
    else if (value === ALL) await cancelAll(step, shown);
    else await cancelOne(step, value);
    return finish(step, 'solved');
  }

  async function cancelAll(step: WaterfallStepContext, ids: string[]): Promise<void> {
    for (const id of ids) await services.reminders.cancel(id, ownerOf(step));
    await say(step.context, 'reminders.cancelledAll');
  }

  async function cancelOne(step: WaterfallStepContext, id: string): Promise<void> {
    const owner = ownerOf(step);
    const reminder = (await services.reminders.list(owner)).find((one) => one.id === id);
    const done = reminder !== undefined && (await services.reminders.cancel(id, owner));
    if (!done) return say(step.context, 'reminders.goneAlready');
    await say(step.context, 'reminders.cancelled', { what: labelOf(reminder) });
  }

  return new TopicDialog('reminders', 1, [show, cancel]);
}
