import type { Attachment, TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import { isOffer, MENU, openQuestion, outdated, say, TOPIC_OF } from '../../dialogs/index.ts';
import type { Intent, Understanding } from '../domain/intent.ts';
import { isMarked } from '../domain/message-marks.ts';
import type { Turn } from '../domain/turn.ts';
import { answersClarifying, beginAfresh, beginTopic, understandAnew } from './anew.ts';
import type { Asked } from './asked-language.ts';
import { follow } from './follow.ts';
import { goOnLinked, isJustLinked } from './linked.ts';
import type { Memory } from './memory.ts';
import { backForButton, sayOldButton } from './old-button.ts';
import { dropUnknown, restartOutdated, resumeBelow } from './other-release.ts';
import { isPlanOf, takeUpAgain } from './plan.ts';
import { isAnswered, isCourtesy, isGreeting, isSpent, leadsAway, wantsToStop } from './wishes.ts';

async function stopFor(dc: DialogContext, intent: Intent, memory: Memory): Promise<void> {
  const stopped = dc.activeDialog !== undefined;
  memory.firstAid = intent === 'fraud_report';
  delete memory.plan?.working;
  await dc.cancelAllDialogs(true);
  await follow(dc, await dc.beginDialog(TOPIC_OF[intent], { intent, stopped }));
}

/** A talk with a person is over, and how it was is not worth coming back to. */
function isRating(dc: DialogContext): boolean {
  return dc.activeDialog?.id === 'handoff' && isOffer(openQuestion(dc));
}

/** Answers something else in between; the open topic goes on where it was. */
async function digress(dc: DialogContext, intent: Intent): Promise<void> {
  const topic = TOPIC_OF[intent];
  const [top, below] = [dc.stack.at(-1), dc.stack.at(-2)];
  // A matter that was only asked about, the question how a talk was, or another one of the same topic gives way.
  if (top && (top.id === 'clarify' || isRating(dc) || top.id === topic || (!below && isPlanOf(dc, topic))))
    return follow(dc, await dc.replaceDialog(topic, { intent }));
  // At most one digression deep: coming back to the first topic is coming back, not a third one.
  if (below?.id === topic) await follow(dc, await dc.endDialog());
  else if (below && top) await follow(dc, await dc.replaceDialog(topic, { intent }));
  else await beginTopic(dc, intent);
}

/** Says that something was masked, if so: whoever answers, nobody wants to have it. `lost`: nothing else was said. */
export async function warnOfSensitive(context: TurnContext, lost = false): Promise<boolean> {
  const kinds: unknown = context.activity.channelData?.sensitive;
  if (!Array.isArray(kinds) || kinds.length === 0) return false;
  await say(context, 'common.sensitive', {}, lost ? { choices: MENU } : {});
  return true;
}

/** The echo of a file that was taken: the event of its upload goes on, or it was sent to people. */
function isEcho({ context }: DialogContext, understanding: Understanding | undefined): boolean {
  const { upload, file } = context.activity.channelData ?? {};
  return !understanding?.text.trim() && Boolean(upload ?? file);
}

const isVoice = (file: Attachment | undefined) => file?.contentType.startsWith('audio/') === true;

/** Says that a file reached nobody, if so: people who have the conversation do not see it, either. */
export async function sayNotKept(context: TurnContext): Promise<boolean> {
  const { attachments: [file] = [], text, channelData } = context.activity;
  if (!file || text?.trim() || channelData?.file || channelData?.upload) return false;
  await say(context, isVoice(file) ? 'common.noVoice' : 'upload.notKept');
  return true;
}

async function handleWordless(dc: DialogContext): Promise<void> {
  if (await restartOutdated(dc)) return;
  const [file] = dc.context.activity.attachments ?? [];
  // Where a document is asked for, the question knows what to do with a file.
  if (dc.activeDialog && (!file || (!isVoice(file) && openQuestion(dc)?.kind === 'upload')))
    return follow(dc, await dc.continueDialog());
  await say(dc.context, isVoice(file) ? 'common.noVoice' : 'upload.notInChat');
  if (dc.activeDialog) await dc.repromptDialog();
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
  const isLinked = isJustLinked(turn, memory);
  const understood = dc.activeDialog !== undefined || understanding?.decision === 'accept';
  const warned = await warnOfSensitive(dc.context, !understood);
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
  if (isLinked && (await goOnLinked(dc, turn))) return;
  if (isMarked(dc.context.activity, 'staleChoice')) return sayOldButton(dc, understanding);
  if (!dc.activeDialog) {
    // After the warning, what is left of the text is worth an answer only when it says something.
    return warned && understanding.decision !== 'accept'
      ? undefined
      : understandAnew(dc, understanding, memory);
  }
  if (!answered && question && (await takeUpAgain(dc, question))) return;
  if (!answered && (await backForButton(dc))) return follow(dc, await dc.continueDialog());
  if (!answered && isSpent(dc, understanding, question)) return sayOldButton(dc, understanding);
  if (!answered && isGreeting(dc, understanding, question)) {
    await say(dc.context, 'small-talk.here');
    return resumeBelow(dc);
  }
  if (!answered && leadsAway(dc, understanding, question)) return digress(dc, understanding.intent);
  if (!answered && isCourtesy(dc, understanding, question))
    return say(dc.context, `small-talk.${understanding.intent as 'thanks' | 'goodbye'}`);
  if (!answered && (await answersClarifying(dc))) return;
  return follow(dc, await dc.continueDialog());
}
