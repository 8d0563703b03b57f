import type { TurnContext } from 'botbuilder';
import { TURN, type Turn } from '../../src/domain/turn.ts';

/** What the dialog may know about the turn it runs in. */
export function turnOf(context: TurnContext): Turn {
  const turn = context.turnState.get<Turn>(TURN);
  if (!turn) throw new Error('a dialog runs outside of a turn');
  return turn;
}

/**
 * The customer's words as patterns read them: simplified characters, lower case, half width; empty for events.
 * What is kept or shown to people is `understanding.text`.
 */
export function saidIn({ context }: { context: TurnContext }): string {
  return turnOf(context).understanding?.folded ?? '';
}
