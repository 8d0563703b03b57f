import { type DialogContext, type DialogTurnResult, DialogTurnStatus } from 'botbuilder-dialogs';
import {
  clarifyBetween,
  type Goto,
  isBareAnswer,
  isGoto,
  offerPerson,
  openQuestion,
  outdated,
  say,
  TOPIC_OF,
  wordsOf,
} from '../../dialogs/index.ts';
import type { Intent, Understanding } from '../domain/intent.ts';
import type { Turn } from '../domain/turn.ts';
import type { Memory } from './turn.ts';
import { isAnswered, isCourtesy, leadsAway, wantsToStop } from './wishes.ts';

const STOPS: readonly Intent[] = ['cancel', 'restart'];

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

async function beginTopic(dc: DialogContext, intent: Intent): Promise<void> {
  await follow(dc, await dc.beginDialog(TOPIC_OF[intent], { intent }));
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
  // A matter that was only asked about, or another one of the same topic, gives way to the new one.
  if (top && (top.id === 'clarify' || top.id === topic))
    return follow(dc, await dc.replaceDialog(topic, { intent }));
  // At most one digression deep: coming back to the first topic is coming back, not a third one.
  if (below?.id === topic) await follow(dc, await dc.endDialog());
  else if (below && top) await follow(dc, await dc.replaceDialog(topic, { intent }));
  else await beginTopic(dc, intent);
}

async function clarify(dc: DialogContext, { goto, options }: Goto): Promise<void> {
  await follow(dc, await dc.beginDialog(goto, options));
}

async function sayReady(dc: DialogContext): Promise<void> {
  await follow(dc, await dc.beginDialog('small-talk', { intent: 'bare-answer' }));
}

async function understandAnew(
  dc: DialogContext,
  understanding: Understanding,
  memory: Memory,
): Promise<void> {
  const { decision, intent, entities, ranking } = understanding;
  if (decision !== 'reject') memory.misses = 0;
  // 「好」 after all has been said needs no clarifying.
  const stops = decision === 'accept' && STOPS.includes(intent);
  if (!stops && isBareAnswer(understanding.text)) return sayReady(dc);
  if (decision === 'accept') return beginTopic(dc, intent);
  // Customers are told that the number alone is enough.
  if (entities.caseId) return beginTopic(dc, 'case_status');
  const between = decision === 'ask' ? clarifyBetween(ranking) : undefined;
  if (between) return clarify(dc, between);
  memory.misses++;
  if (memory.misses === 1) return say(dc.context, 'common.sayItOtherwise');
  memory.misses = 0;
  return clarify(dc, offerPerson());
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

/** A message without words: the echo of a file that was taken (its event goes on), or one that was not. */
async function handleWordless(dc: DialogContext): Promise<void> {
  if (dc.context.activity.channelData?.upload) return;
  if (dc.activeDialog) return follow(dc, await dc.continueDialog());
  await say(dc.context, 'upload.notInChat');
}

/** One message of the customer: a wish to stop, the answer to the open question, or something else. */
export async function handleMessage(dc: DialogContext, turn: Turn, memory: Memory): Promise<void> {
  const { understanding } = turn;
  const warned = await warnOfSensitive(dc);
  if (!understanding?.text.trim()) return handleWordless(dc);
  const question = openQuestion(dc);
  const answered = isAnswered(dc, question);
  if (!dc.activeDialog) memory.firstAid = false;
  if (!answered && wantsToStop(dc, understanding, memory, question))
    return stopFor(dc, understanding.intent, memory);
  if (await restartOutdated(dc)) return;
  if (!dc.activeDialog) {
    // After the warning, what is left of the text is worth an answer only when it says something.
    return warned && understanding.decision !== 'accept'
      ? undefined
      : understandAnew(dc, understanding, memory);
  }
  if (!answered && leadsAway(dc, understanding, question)) return digress(dc, understanding.intent);
  if (!answered && isCourtesy(understanding, question))
    return say(dc.context, `small-talk.${understanding.intent as 'thanks' | 'goodbye'}`);
  return follow(dc, await dc.continueDialog());
}
