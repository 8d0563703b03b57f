import type { DialogContext } from 'botbuilder-dialogs';
import {
  type Answer,
  asideReply,
  collectedBy,
  isBareAnswer,
  isOffer,
  type Question,
  readAnswer,
  referenceWords,
  TOPIC_OF,
} from '../../dialogs/index.ts';
import type { Intent, Understanding } from '../domain/intent.ts';
import type { Memory } from './memory.ts';

/** Wishes that end whatever flow is open. */
const STOPPING: readonly Intent[] = ['fraud_report', 'cancel', 'restart'];
/** Nothing to talk about in between: a stop that was not sure enough, words of courtesy, what is not ours. */
const STAYING: readonly Intent[] = ['cancel', 'restart', 'thanks', 'goodbye', 'out_of_scope'];
const COURTESIES: readonly Intent[] = ['thanks', 'goodbye'];

/** A free-text question takes nearly anything; only a clear other wish leads away from it. */
const CLEAR = 0.85;
/** 「不想用了」 stops a flow, and is a reason where reasons are asked for in free words. */
const SURE = 0.98;

/** People and complaints are asked for at any step, also in words that could answer the open question. */
const ANY_TIME: readonly Intent[] = ['human_agent', 'complaint'];

/** Yes, a choice or four digits are answers whatever else they might mean; free words are less certain. */
export function isAnswered(dc: DialogContext, question: Question | undefined): boolean {
  if (!question || question.kind === 'upload') return false;
  const answer = readAnswer(dc.context, question);
  if (answer?.kind === 'text') return answer.value !== undefined;
  return answer !== undefined && !readInPassing(answer);
}

function readInPassing(answer: Answer): boolean {
  return answer.kind === 'choice' && answer.said !== undefined;
}

/** First aid was given in a flow that came to it by its own questions. */
function isAboutFraud({ activeDialog }: DialogContext): boolean {
  if (!activeDialog) return false;
  return activeDialog.id === 'fraud' || collectedBy(activeDialog).reason === 'fraud_report';
}

/** Whether the customer wants the open flow to end, whatever was asked. */
export function wantsToStop(
  dc: DialogContext,
  understanding: Understanding,
  memory: Memory,
  question?: Question,
): boolean {
  const { decision, intent, confidence } = understanding;
  if (decision !== 'accept' || !STOPPING.includes(intent)) return false;
  // Who tells a person about a fraud that was met with first aid is not interrupted by first aid again.
  if (intent === 'fraud_report') return !memory.firstAid && !isAboutFraud(dc);
  if (!question) return true;
  // 「不想下 App」 where that is answered is no wish to stop.
  if (asideReply(dc.context, question)) return false;
  return readAnswer(dc.context, question) === undefined || confidence >= SURE;
}

/** The matter that is talked about already. */
function isOpenMatter({ activeDialog }: DialogContext, intent: Intent): boolean {
  return activeDialog?.id === TOPIC_OF[intent];
}

/** Whether the message is about something else than the open question. */
export function leadsAway(dc: DialogContext, understanding: Understanding, question?: Question): boolean {
  const { decision, intent, confidence } = understanding;
  if (decision !== 'accept' || STAYING.includes(intent)) return false;
  // 「好」 to an open question is about that question, whatever it resembles.
  if (question && isBareAnswer(understanding.text)) return false;
  if (!isOffer(question) && isOpenMatter(dc, intent)) return false;
  if (question && asideReply(dc.context, question)) return intent === 'human_agent' && confidence >= CLEAR;
  const answer = question && readAnswer(dc.context, question);
  if (!question || !answer) return true;
  if (readInPassing(answer)) return ANY_TIME.includes(intent) && confidence >= CLEAR;
  return question.kind === 'text' && !question.verbatim && confidence >= CLEAR;
}

/** Buttons that are typed as often as tapped: 好, 没有. */
const TYPED = 2;

/** The words of one of our buttons, in whatever language. */
export function isTapped({ text }: Understanding): boolean {
  return referenceWords(text) !== undefined && !(isBareAnswer(text) && text.length <= TYPED);
}

/** A tapped button that neither answers the open question nor opens anything else than what is open. */
export function isSpent(dc: DialogContext, understanding: Understanding, question?: Question): boolean {
  const { decision, intent } = understanding;
  if (!question || !isTapped(understanding) || readAnswer(dc.context, question)) return false;
  return decision !== 'accept' || isOpenMatter(dc, intent) || STAYING.includes(intent);
}

/** 「在吗」 while a question is open that does not give way. */
export function isGreeting(
  { activeDialog }: DialogContext,
  { decision, intent }: Understanding,
  question?: Question,
): boolean {
  return (
    decision === 'accept' && intent === 'greet' && question !== undefined && activeDialog?.id !== 'clarify'
  );
}

/** A word of thanks while a question is open; the question simply stays open. 「下了」 may be the answer to it. */
export function isCourtesy(
  dc: DialogContext,
  { decision, intent }: Understanding,
  question?: Question,
): boolean {
  if (decision !== 'accept' || !COURTESIES.includes(intent)) return false;
  if (question === undefined || question.kind === 'text') return false;
  return intent === 'thanks' || readAnswer(dc.context, question) === undefined;
}
