import type { DialogContext } from 'botbuilder-dialogs';
import {
  asksWhereItStopped,
  clarifyBetween,
  comesBack,
  type Fact,
  factFor,
  type Goto,
  goesOn,
  isBareAnswer,
  MENU,
  offerPerson,
  openQuestion,
  outdated,
  say,
  type TextKey,
  TOPIC_OF,
} from '../../dialogs/index.ts';
import type { Intent, Understanding } from '../domain/intent.ts';
import type { Turn } from '../domain/turn.ts';
import type { Asked } from './asked-language.ts';
import { follow } from './follow.ts';
import type { Memory } from './memory.ts';
import { backForButton } from './old-button.ts';
import { dropUnknown, restartOutdated, resumeBelow } from './other-release.ts';
import { isPlanOf, takeUpAgain } from './plan.ts';
import { isAnswered, isCourtesy, leadsAway, wantsToStop } from './wishes.ts';

const STOPS: readonly Intent[] = ['cancel', 'restart'];

async function beginTopic(dc: DialogContext, intent: Intent): Promise<void> {
  await follow(dc, await dc.beginDialog(TOPIC_OF[intent], { intent }));
}

async function stopFor(dc: DialogContext, intent: Intent, memory: Memory): Promise<void> {
  const stopped = dc.activeDialog !== undefined;
  memory.firstAid = intent === 'fraud_report';
  delete memory.plan?.working;
  await dc.cancelAllDialogs(true);
  await follow(dc, await dc.beginDialog(TOPIC_OF[intent], { intent, stopped }));
}

/** Answers something else in between; the open topic goes on where it was. */
async function digress(dc: DialogContext, intent: Intent): Promise<void> {
  const topic = TOPIC_OF[intent];
  const [top, below] = [dc.stack.at(-1), dc.stack.at(-2)];
  // A matter that was only asked about, or another one of the same topic, gives way to the new one.
  if (top && (top.id === 'clarify' || top.id === topic || (!below && isPlanOf(dc, topic))))
    return follow(dc, await dc.replaceDialog(topic, { intent }));
  // At most one digression deep: coming back to the first topic is coming back, not a third one.
  if (below?.id === topic) await follow(dc, await dc.endDialog());
  else if (below && top) await follow(dc, await dc.replaceDialog(topic, { intent }));
  else await beginTopic(dc, intent);
}

async function clarify(dc: DialogContext, { goto, options }: Goto): Promise<void> {
  await follow(dc, await dc.beginDialog(goto, options));
}

/** Answers a question from the texts, with the topic offered to go on. */
async function tell(dc: DialogContext, { key, intent }: Fact): Promise<void> {
  await say(dc.context, key, {}, { choices: [{ key: `intents.${intent}` }] });
}

/** Asked what was meant, the customer asks in other words: the answer takes the place of the list. */
async function answersClarifying(dc: DialogContext): Promise<boolean> {
  const fact = dc.activeDialog?.id === 'clarify' ? factFor(dc.context) : undefined;
  if (!fact) return false;
  await tell(dc, fact);
  await follow(dc, await dc.endDialog());
  return true;
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
  const back = comesBack(dc.context);
  if (decision !== 'reject' || back) memory.misses = 0;
  if (back) return follow(dc, await dc.beginDialog('diagnose', { back }));
  // No plan and no open question holds what was begun: it is a case, or its number is asked for.
  if (asksWhereItStopped(dc.context)) return beginTopic(dc, 'case_status');
  // 「好」 after all has been said needs no clarifying.
  const stops = decision === 'accept' && STOPS.includes(intent);
  if (!stops && (isBareAnswer(understanding.folded) || goesOn(dc.context))) return sayReady(dc);
  if (decision === 'accept') return beginTopic(dc, intent);
  // Customers are told that the number alone is enough.
  if (entities.caseId) return beginTopic(dc, 'case_status');
  const fact = factFor(dc.context);
  if (fact) {
    memory.misses = 0;
    return tell(dc, fact);
  }
  const between = decision === 'ask' ? clarifyBetween(ranking) : undefined;
  if (between) return clarify(dc, between);
  memory.misses++;
  if (memory.misses === 1) return say(dc.context, 'common.sayItOtherwise');
  memory.misses = 0;
  return clarify(dc, offerPerson());
}

/** After an open topic was lost and that was said: the message begins anew where it is understood. */
async function beginAfresh(
  dc: DialogContext,
  key: TextKey,
  understanding: Understanding | undefined,
  memory: Memory,
): Promise<void> {
  const starts =
    understanding !== undefined &&
    !isBareAnswer(understanding.folded) &&
    (understanding.decision === 'accept' || understanding.entities.caseId !== undefined);
  await say(dc.context, key, {}, starts ? {} : { choices: MENU });
  if (starts) await understandAnew(dc, understanding, memory);
}

async function warnOfSensitive(dc: DialogContext, turn: Turn): Promise<boolean> {
  const kinds: unknown = dc.context.activity.channelData?.sensitive;
  if (!Array.isArray(kinds) || kinds.length === 0) return false;
  const understood = dc.activeDialog !== undefined || turn.understanding?.decision === 'accept';
  await say(dc.context, 'common.sensitive', {}, understood ? {} : { choices: MENU });
  return true;
}

/** The echo of a file that was taken: the event of its upload goes on. */
function isEcho({ context }: DialogContext, understanding: Understanding | undefined): boolean {
  return !understanding?.text.trim() && Boolean(context.activity.channelData?.upload);
}

async function handleWordless(dc: DialogContext): Promise<void> {
  if (await restartOutdated(dc)) return;
  if (dc.activeDialog) return follow(dc, await dc.continueDialog());
  await say(dc.context, 'upload.notInChat');
}

/** What handling a message needs to know besides the turn. */
export interface Before {
  memory: Memory;
  /** The state was lost, which is told first. */
  afresh: boolean;
  /** The message asks for a language. */
  asked: Asked | undefined;
}

/** Goes on in the language that was asked for: with the open question, or with what can be asked. */
async function goOnInLanguage(dc: DialogContext): Promise<void> {
  if (!dc.activeDialog) return say(dc.context, 'language.switched', {}, { choices: MENU });
  await say(dc.context, 'language.switched');
  if (!(await restartOutdated(dc))) await dc.repromptDialog();
}

/** One message of the customer: a wish to stop, the answer to the open question, or something else. */
export async function handleMessage(
  dc: DialogContext,
  turn: Turn,
  { memory, afresh, asked }: Before,
): Promise<void> {
  const { understanding } = turn;
  const warned = await warnOfSensitive(dc, turn);
  if (afresh) return beginAfresh(dc, 'common.stateLost', understanding, memory);
  if (isEcho(dc, understanding)) return;
  const gone = dropUnknown(dc);
  if (gone.any && !dc.activeDialog) return beginAfresh(dc, 'common.topicGone', understanding, memory);
  if (gone.any) await say(dc.context, 'common.topicGone');
  const stops = understanding !== undefined && wantsToStop(dc, understanding, memory);
  if (gone.open && !stops) return resumeBelow(dc);
  if (!understanding?.text.trim()) return handleWordless(dc);
  if (asked?.only) return goOnInLanguage(dc);
  if (asked) await say(dc.context, 'language.switched');
  const question = outdated(dc) ? undefined : openQuestion(dc);
  const answered = isAnswered(dc, question);
  if (!dc.activeDialog) {
    memory.firstAid = false;
    delete memory.plan?.working;
  }
  if (!answered && wantsToStop(dc, understanding, memory, question))
    return stopFor(dc, understanding.intent, memory);
  if (await restartOutdated(dc)) return;
  if (!dc.activeDialog) {
    // After the warning, what is left of the text is worth an answer only when it says something.
    return warned && understanding.decision !== 'accept'
      ? undefined
      : understandAnew(dc, understanding, memory);
  }
  if (!answered && question && (await takeUpAgain(dc, question))) return;
  if (!answered && (await backForButton(dc))) return follow(dc, await dc.continueDialog());
  if (!answered && leadsAway(dc, understanding, question)) return digress(dc, understanding.intent);
  if (!answered && isCourtesy(dc, understanding, question))
    return say(dc.context, `small-talk.${understanding.intent as 'thanks' | 'goodbye'}`);
  if (!answered && (await answersClarifying(dc))) return;
  return follow(dc, await dc.continueDialog());
}
