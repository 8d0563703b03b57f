import { type DialogContext, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs';
import {
  clarifyBetween,
  isGoto,
  offerPerson,
  openQuestion,
  outdated,
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
/** Wishes that are met at any step, and after which the open flow goes on. */
const INTERRUPTING: readonly Intent[] = ['human_agent', 'complaint'];

/** A free-text question takes nearly anything; only a clear other wish leads away from it. */
const CLEAR_ENOUGH = 0.85;

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

async function stopFor(dc: DialogContext, intent: Intent): Promise<void> {
  const stopped = dc.activeDialog !== undefined;
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

function leadsAway(dc: DialogContext, understanding: Understanding, freeText: boolean): boolean {
  const { decision, intent, confidence } = understanding;
  if (decision !== 'accept' || intent === 'out_of_scope') return false;
  if (dc.stack.some((dialog) => dialog.id === TOPIC_OF[intent]) && dc.activeDialog?.id === TOPIC_OF[intent])
    return false;
  return !freeText || confidence >= CLEAR_ENOUGH;
}

async function answerQuestion(dc: DialogContext, understanding: Understanding): Promise<void> {
  const question = openQuestion(dc);
  const answered = question && readAnswer(dc.context, question) !== undefined;
  const freeText = question?.kind === 'text';
  if ((!answered || freeText) && leadsAway(dc, understanding, freeText))
    return digress(dc, understanding.intent);
  return follow(dc, await dc.continueDialog());
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
  const { decision, intent } = understanding;
  if (decision === 'accept' && STOPPING.includes(intent)) return stopFor(dc, intent);
  if (await restartOutdated(dc)) return;
  if (decision === 'accept' && dc.activeDialog && INTERRUPTING.includes(intent)) return digress(dc, intent);
  if (dc.activeDialog) return answerQuestion(dc, understanding);
  // After the warning, what is left of the text is worth an answer only when it says something.
  if (warned && understanding.decision !== 'accept') return;
  return understandAnew(dc, understanding, memory);
}
