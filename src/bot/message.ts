import { type DialogContext, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs';
import {
  clarifyBetween,
  isGoto,
  offerPerson,
  openQuestion,
  outdated,
  type Question,
  readAnswer,
  say,
  TOPIC_OF,
  wordsOf,
} from '../../dialogs/index.ts';
import type { Intent, Understanding } from '../domain/intent.ts';
import type { Turn } from '../domain/turn.ts';
import type { Memory } from './turn.ts';

/** Wishes that end whatever flow is open. */
const STOPPING: readonly Intent[] = ['fraud_report', 'cancel', 'restart'];

/** A free-text question takes nearly anything; only a clear other wish leads away from it. */
const CLEAR_ENOUGH = 0.85;
const SURE = 0.98;

/** Topics that end by going over to another one are followed until one waits for the customer. */
export async function follow(dc: DialogContext, result: DialogTurnResult): Promise<void> {
  let last = result;
  while (last.status === DialogTurnStatus.complete) {
    const ended: unknown = last.result;
    if (isGoto(ended)) last = await dc.beginDialog(ended.goto, ended.options);
    else if (isIntent(ended)) last = await dc.beginDialog(TOPIC_OF[ended.intent], ended);
    else return;
  }
}

function isIntent(result: unknown): result is { intent: Intent } {
  return typeof result === 'object' && result !== null && 'intent' in result;
}

/** What an open dialog below says when it is resumed belongs to a digression; alone, a topic just begins. */
async function beginTopic(dc: DialogContext, intent: Intent): Promise<void> {
  await follow(dc, await dc.beginDialog(TOPIC_OF[intent], { intent }));
}

/** Whether the customer wants the open flow to end, whatever was asked. */
function wantsToStop(
  { decision, intent, confidence }: Understanding,
  memory: Memory,
  question?: Question,
): boolean {
  if (decision !== 'accept' || !STOPPING.includes(intent)) return false;
  // Who tells a person about a fraud that was met with first aid is not interrupted by first aid again.
  if (intent === 'fraud_report') return !memory.firstAid;
  // 「不想用了」 is also a reason, and reasons are asked for in free words.
  return question?.kind !== 'text' || confidence >= SURE;
}

async function stopFor(dc: DialogContext, intent: Intent, memory: Memory): Promise<void> {
  const stopped = dc.activeDialog !== undefined;
  memory.firstAid = intent === 'fraud_report';
  await dc.cancelAllDialogs(true);
  await follow(dc, await dc.beginDialog(TOPIC_OF[intent], { intent, stopped }));
}

/** Answers something else in between; the open topic goes on where it was. */
async function digress(dc: DialogContext, intent: Intent): Promise<void> {
  const topic = TOPIC_OF[intent];
  const [top, below] = [dc.stack.at(-1), dc.stack.at(-2)];
  // At most one digression deep: coming back to the first topic is coming back, not a third one.
  if (below?.id === topic) await follow(dc, await dc.endDialog());
  else if (below && top) await follow(dc, await dc.replaceDialog(topic, { intent }));
  else await beginTopic(dc, intent);
}

/** Yes, a choice or four digits are answers whatever else they might mean; free words are less certain. */
function isAnswered(dc: DialogContext, question: Question | undefined): boolean {
  if (!question || question.kind === 'text' || question.kind === 'upload') return false;
  return readAnswer(dc.context, question) !== undefined;
}

function leadsAway(
  dc: DialogContext,
  { decision, intent, confidence }: Understanding,
  question?: Question,
): boolean {
  if (decision !== 'accept' || intent === 'out_of_scope' || dc.activeDialog?.id === TOPIC_OF[intent])
    return false;
  if (!question || readAnswer(dc.context, question) === undefined) return true;
  return question.kind === 'text' && !question.verbatim && confidence >= CLEAR_ENOUGH;
}

async function understandAnew(
  dc: DialogContext,
  understanding: Understanding,
  memory: Memory,
): Promise<void> {
  switch (understanding.decision) {
    case 'accept':
      memory.misses = 0;
      return beginTopic(dc, understanding.intent);
    case 'ask': {
      memory.misses = 0;
      const { goto, options } = clarifyBetween(understanding.ranking);
      return follow(dc, await dc.beginDialog(goto, options));
    }
    case 'reject': {
      memory.misses++;
      if (memory.misses === 1) return say(dc.context, 'common.sayItOtherwise');
      memory.misses = 0;
      const { goto, options } = offerPerson();
      return follow(dc, await dc.beginDialog(goto, options));
    }
  }
}

/** An older version of the open flow is not continued at a shifted step: it is begun again, and said so. */
async function restartOutdated(dc: DialogContext): Promise<boolean> {
  const old = outdated(dc);
  if (!old) return false;
  await dc.cancelAllDialogs();
  await say(dc.context, 'common.flowUpdated', { topic: wordsOf(dc.context, { key: `topics.${old.topic}` }) });
  await follow(dc, await dc.beginDialog(old.topic, old.collected));
  return true;
}

async function warnOfSensitive(dc: DialogContext): Promise<boolean> {
  const kinds: unknown = dc.context.activity.channelData?.sensitive;
  if (!Array.isArray(kinds) || kinds.length === 0) return false;
  await say(dc.context, 'common.sensitive');
  return true;
}

/** One message of the customer: an interruption, the answer to an open question, or something new. */
export async function handleMessage(dc: DialogContext, turn: Turn, memory: Memory): Promise<void> {
  const { understanding } = turn;
  const warned = await warnOfSensitive(dc);
  if (!understanding?.text.trim()) {
    if (dc.activeDialog) return follow(dc, await dc.continueDialog());
    return say(dc.context, 'upload.notInChat');
  }
  const question = openQuestion(dc);
  const { decision, intent } = understanding;
  const answered = isAnswered(dc, question);
  if (!dc.activeDialog) memory.firstAid = false;
  if (!answered && wantsToStop(understanding, memory, question)) return stopFor(dc, intent, memory);
  if (await restartOutdated(dc)) return;
  if (!answered && dc.activeDialog && leadsAway(dc, understanding, question)) return digress(dc, intent);
  if (dc.activeDialog) return follow(dc, await dc.continueDialog());
  // After the warning, what is left of the text is worth an answer only when it says something.
  if (warned && decision !== 'accept') return;
  return understandAnew(dc, understanding, memory);
}
