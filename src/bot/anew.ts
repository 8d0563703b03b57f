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
  notesOf,
  offerPerson,
  say,
  type TextKey,
  TOPIC_OF,
} from '../../dialogs/index.ts';
import type { Intent, Understanding } from '../domain/intent.ts';
import { follow } from './follow.ts';
import type { Memory } from './memory.ts';
import { sayOldButton } from './old-button.ts';
import { isTapped } from './wishes.ts';

const STOPS: readonly Intent[] = ['cancel', 'restart'];

export async function beginTopic(dc: DialogContext, intent: Intent): Promise<void> {
  await follow(dc, await dc.beginDialog(TOPIC_OF[intent], { intent }));
}

async function clarify(dc: DialogContext, { goto, options }: Goto): Promise<void> {
  await follow(dc, await dc.beginDialog(goto, options));
}

/** Answers a question from the texts, with the topic offered to go on. */
async function tell(dc: DialogContext, { key, intent }: Fact): Promise<void> {
  await say(dc.context, key, {}, { choices: [{ key: `intents.${intent}` }] });
}

/** Asked what was meant, the customer asks in other words: the answer takes the place of the list. */
export async function answersClarifying(dc: DialogContext): Promise<boolean> {
  const fact = dc.activeDialog?.id === 'clarify' ? factFor(dc.context) : undefined;
  if (!fact) return false;
  await tell(dc, fact);
  await follow(dc, await dc.endDialog());
  return true;
}

async function sayReady(dc: DialogContext): Promise<void> {
  await follow(dc, await dc.beginDialog('small-talk', { intent: 'bare-answer' }));
}

/** A message where nothing is open: what it opens, or which of two things it means. */
export async function understandAnew(
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
  if (isTapped(understanding) && (decision !== 'accept' || intent === 'out_of_scope'))
    return sayOldButton(dc, understanding);
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
  notesOf(dc.context).missed = true;
  if (memory.misses === 1) return say(dc.context, 'common.sayItOtherwise');
  memory.misses = 0;
  return clarify(dc, offerPerson());
}

/** After an open topic was lost and that was said: the message begins anew where it is understood. */
export async function beginAfresh(
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
