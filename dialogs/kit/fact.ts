import type { TurnContext } from 'botbuilder';
import type { TextKey } from '../../locales/index.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { isBareAnswer } from './bare-answer.ts';
import { turnOf } from './turn.ts';

/** A text that answers a question by itself, without slots and without a question of its own. */
export interface Fact {
  key: TextKey;
  /** What the topic is offered with that the answer belongs to. */
  intent: Intent;
  /** How people ask for it; other wordings are found by what they have in common with these. */
  asked: readonly string[];
}

/** Finds the fact that a masked text asks for, if there is one. `likely`: what the text may mean, best first. */
export type FindFact = (text: string, likely: readonly Intent[]) => Fact | undefined;

/** Key under which it stands in a TurnContext's turnState. */
export const FIND_FACT = Symbol.for('unbind.findFact');

/** The fact that the customer asks for in this turn; undefined when it is none, or not surely one. */
export function factFor(context: TurnContext): Fact | undefined {
  const { understanding } = turnOf(context);
  if (!understanding || isBareAnswer(understanding.folded)) return undefined;
  const { decision, intent, ranking, text } = understanding;
  // What is surely none of ours may look like a question that is.
  if (decision === 'accept' && intent === 'out_of_scope') return undefined;
  const likely = ranking.map((ranked) => ranked.intent);
  return context.turnState.get<FindFact>(FIND_FACT)?.(text, likely);
}
