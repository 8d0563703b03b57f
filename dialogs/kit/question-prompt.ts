import type { TurnContext } from 'botbuilder';
import {
  Dialog,
  type DialogContext,
  type DialogInstance,
  type DialogTurnResult,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { asideReply } from './asides.ts';
import { factFor } from './fact.ts';
import { notesOf } from './notes.ts';
import { type Answer, type Choice, QUESTION, type Question, type QuestionState } from './question.ts';
import { readAnswer } from './read-answer.ts';
import { type Line, say } from './say.ts';

const HUMAN: Line = { key: 'common.toHuman' };

/** What can be tapped at a question. */
export function offered(question: Question): Line[] {
  switch (question.kind) {
    case 'yes-no':
      return [{ key: question.yes ?? 'common.yes' }, { key: question.no ?? 'common.no' }];
    case 'choice':
      return question.choices.map(({ key, slots }: Choice) => ({ key, ...(slots && { slots }) }));
    case 'text':
      return (question.choices ?? []).map(({ key, slots }) => ({ key, ...(slots && { slots }) }));
    case 'upload':
      return [{ key: 'common.uploadAgain' }, { key: 'common.uploadDecline' }];
    case 'last-four':
      return [];
  }
}

async function sendQuestion(context: TurnContext, { question, misses }: QuestionState): Promise<void> {
  const key = misses > 0 ? (question.retry ?? 'common.retry') : question.key;
  // Not understood twice: a person is offered beside the answers.
  const own = offered(question);
  const choices = misses > 1 && !own.some((choice) => choice.key === HUMAN.key) ? [...own, HUMAN] : own;
  await say(context, key, question.slots ?? {}, { choices });
}

/** What the topic answers beside its question, else what any topic's texts do. */
function replyBeside(context: TurnContext, question: Question): TextKey | undefined {
  const aside = asideReply(context, question);
  if (aside || context.activity.type !== 'message' || readAnswer(context, question)) return aside;
  return factFor(context)?.key;
}

/** Asks one question and waits until it is answered. Its options are a `Question`, its result an `Answer`. */
export class QuestionPrompt extends Dialog {
  constructor() {
    super(QUESTION);
  }

  override async beginDialog(dc: DialogContext, question: object | undefined): Promise<DialogTurnResult> {
    const state: QuestionState = { question: question as Question, misses: 0 };
    Object.assign(dc.activeDialog?.state ?? {}, state);
    // An upload is asked for by its card, which whoever opened the slot has just sent.
    if (state.question.kind !== 'upload') await sendQuestion(dc.context, state);
    return Dialog.EndOfTurn;
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    const state = dc.activeDialog?.state as QuestionState;
    const reply = state.arrived ? undefined : replyBeside(dc.context, state.question);
    if (reply) {
      const { question } = state;
      await say(dc.context, reply);
      await sendQuestion(dc.context, {
        question: { ...question, key: question.again ?? question.key },
        misses: 0,
      });
      return Dialog.EndOfTurn;
    }
    const answer: Answer | undefined = state.arrived
      ? { kind: 'uploaded', upload: state.arrived }
      : readAnswer(dc.context, state.question);
    if (answer) {
      notesOf(dc.context).answered = true;
      return dc.endDialog(answer);
    }
    if (dc.context.activity.type !== 'message') return Dialog.EndOfTurn;
    state.misses++;
    notesOf(dc.context).missed = true;
    await sendQuestion(dc.context, state);
    return Dialog.EndOfTurn;
  }

  override async resumeDialog(dc: DialogContext): Promise<DialogTurnResult> {
    if (dc.activeDialog) await this.repromptDialog(dc.context, dc.activeDialog);
    return Dialog.EndOfTurn;
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    const state = instance.state as QuestionState;
    await sendQuestion(context, { ...state, misses: 0 });
  }
}

/** Asks a question from a waterfall step; the next step finds the `Answer` in `step.result`. */
export function ask(step: WaterfallStepContext, question: Question): Promise<DialogTurnResult> {
  return step.beginDialog(QUESTION, question);
}
