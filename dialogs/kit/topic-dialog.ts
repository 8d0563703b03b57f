import type { TurnContext } from 'botbuilder';
import {
  ComponentDialog,
  Dialog,
  type DialogContext,
  type DialogInstance,
  DialogReason,
  type DialogTurnResult,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { knowsAll } from './dialog-state.ts';
import { noteEnded, noteEntered } from './notes.ts';
import { hasArrived } from './question.ts';
import { QuestionPrompt } from './question-prompt.ts';
import { say, wordsOf } from './say.ts';
import { TOPIC_OF, type TopicId } from './topics.ts';

/** What one topic hands to the next one. */
export interface TopicOptions {
  [name: string]: unknown;
}

/** A topic may end by going over to another one. */
export interface Goto {
  goto: TopicId | 'clarify';
  options?: TopicOptions;
}

/** Or with what has come of it. */
export interface Ended {
  outcome: Outcome;
  /** The customer goes away: what the topic was put on top of ends with it. */
  leaving?: true;
}

/** The steps see what an older version of the flow had collected, and what was handed over. */
export type Step = (step: WaterfallStepContext) => Promise<DialogTurnResult>;

interface TopicState {
  version: number;
  /** Set in the moment of ending; a topic without it was ended from outside. */
  end?: Goto | Ended;
}

const MAIN = 'main';

/**
 * One topic as a waterfall with the questions of the kit. When another topic was put on top of it and
 * has ended, it says where it goes on and asks its open question again.
 */
export class TopicDialog extends ComponentDialog {
  readonly version: number;

  constructor(id: TopicId | 'clarify', version: number, steps: Step[], inner: Dialog[] = []) {
    super(id);
    this.version = version;
    const takeOver: Step = (step) => {
      const options = step.options as TopicOptions;
      Object.assign(step.values, options);
      return step.next();
    };
    this.addDialog(new WaterfallDialog(MAIN, [takeOver, ...steps]));
    this.addDialog(new QuestionPrompt());
    for (const dialog of inner) this.addDialog(dialog);
    this.initialDialogId = MAIN;
  }

  override async beginDialog(outer: DialogContext, options?: object): Promise<DialogTurnResult> {
    const state = outer.activeDialog?.state as TopicState;
    state.version = this.version;
    noteEntered(outer.context, this.id);
    return super.beginDialog(outer, options ?? {});
  }

  /** A topic that ends without saying what has come of it has forgotten the customer somewhere. */
  protected override async endComponent(outer: DialogContext, result: unknown): Promise<DialogTurnResult> {
    if (!isGoto(result) && !isEnded(result)) throw new Error(`the topic ${this.id} ends without an outcome`);
    (outer.activeDialog?.state as TopicState).end = result;
    return outer.endDialog(result);
  }

  override async endDialog(
    context: TurnContext,
    instance: DialogInstance,
    reason: DialogReason,
  ): Promise<void> {
    await super.endDialog(context, instance, reason);
    const { end = { outcome: 'left' } } = instance.state as TopicState;
    noteEnded(context, { topic: this.id, ...(isGoto(end) ? { to: end.goto } : { outcome: end.outcome }) });
  }

  override async resumeDialog(
    outer: DialogContext,
    _reason: DialogReason,
    result?: unknown,
  ): Promise<DialogTurnResult> {
    // Who is led to this very topic again begins it anew instead of a second one upon it.
    if (isGoto(result) && result.goto === this.id) {
      (outer.activeDialog?.state as TopicState).end = result;
      return outer.replaceDialog(this.id, result.options);
    }
    if (isGoto(result)) return outer.beginDialog(result.goto, result.options);
    if (isEnded(result) && result.leaving) {
      (outer.activeDialog?.state as TopicState).end = result;
      return outer.endDialog(result);
    }
    const old = outdated(outer);
    if (old) return beginAgain(outer, old);
    await say(outer.context, 'common.backTo', { topic: nameOf(outer, this.id as TopicId) });
    if (!outer.activeDialog) return Dialog.EndOfTurn;
    // What was uploaded meanwhile is not asked for once more.
    if (hasArrived(outer.activeDialog)) return this.continueDialog(outer);
    await this.repromptDialog(outer.context, outer.activeDialog);
    return Dialog.EndOfTurn;
  }
}

export function isGoto(result: unknown): result is Goto {
  return typeof result === 'object' && result !== null && 'goto' in result;
}

export function isEnded(result: unknown): result is Ended {
  return typeof result === 'object' && result !== null && 'outcome' in result;
}

/** Ends the topic with what has come of it. */
export function finish(step: WaterfallStepContext, outcome: Outcome): Promise<DialogTurnResult> {
  const result: Ended = { outcome };
  return step.endDialog(result);
}

/** Ends the topic, and whatever it was put on top of: the customer comes back another time. */
export function leave(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const result: Ended = { outcome: 'left', leaving: true };
  return step.endDialog(result);
}

/** Ends the topic by going over to another one. */
export function goTo(
  step: WaterfallStepContext,
  topic: TopicId,
  options: TopicOptions = {},
): Promise<DialogTurnResult> {
  const result: Goto = { goto: topic, options };
  return step.endDialog(result);
}

/** Ends the topic by going over to the one that deals with an intent, as if the customer had opened it. */
export function goToIntent(step: WaterfallStepContext, intent: Intent): Promise<DialogTurnResult> {
  return goTo(step, TOPIC_OF[intent], { intent });
}

interface OpenState extends TopicState {
  dialogs?: { dialogStack?: { state?: { values?: TopicOptions } }[] };
}

/** What was handed over to a topic and what its steps have collected since. */
export function collectedBy(active: DialogInstance): TopicOptions {
  const { dialogs } = active.state as OpenState;
  const { instanceId: _, ...collected } = dialogs?.dialogStack?.[0]?.state?.values ?? {};
  return collected;
}

/** An open topic of another release, and what its steps had collected. */
export interface Outdated {
  topic: TopicId;
  collected: TopicOptions;
}

/**
 * What the steps of the open topic had collected, when the flow it was begun in is not this release's but an
 * older or a newer one.
 */
export function outdated(dc: DialogContext): Outdated | undefined {
  const active = dc.activeDialog;
  const dialog = active && dc.findDialog(active.id);
  if (!active || !(dialog instanceof TopicDialog)) return undefined;
  const state = active.state as TopicState;
  if (state.version === dialog.version && knowsAll(dialog.dialogs, active)) return undefined;
  return { topic: active.id as TopicId, collected: collectedBy(active) };
}

/** Ends the open topic from outside with what has come of it; the one below goes on. */
export function endOpen(dc: DialogContext, outcome: Outcome): Promise<DialogTurnResult> {
  const result: Ended = { outcome };
  (dc.activeDialog?.state as TopicState).end = result;
  return dc.endDialog(result);
}

/** Has a topic go on with what is handed to it: in its place when it is the open one, else on top of what is. */
export function goOnAs(dc: DialogContext, topic: TopicId, options: TopicOptions): Promise<DialogTurnResult> {
  if (dc.activeDialog?.id !== topic) return dc.beginDialog(topic, options);
  (dc.activeDialog.state as TopicState).end = { goto: topic };
  return dc.replaceDialog(topic, options);
}

/** Goes back to the topic that was open before people had the conversation, if there is one. */
export async function resumeOpen(dc: DialogContext): Promise<DialogTurnResult | undefined> {
  const dialog = dc.activeDialog && dc.findDialog(dc.activeDialog.id);
  return dialog?.resumeDialog(dc, DialogReason.endCalled);
}

/** Begins an outdated topic again at its beginning, and says so. */
export async function beginAgain(
  dc: DialogContext,
  { topic, collected }: Outdated,
): Promise<DialogTurnResult> {
  await say(dc.context, 'common.flowUpdated', { topic: nameOf(dc, topic) });
  (dc.activeDialog?.state as TopicState).end = { goto: topic };
  return dc.replaceDialog(topic, collected);
}

function nameOf(dc: DialogContext, topic: TopicId): string {
  return wordsOf(dc.context, { key: `topics.${topic}` });
}
