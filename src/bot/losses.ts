import type { TurnContext } from 'botbuilder';
import { isDialogState, say, type TextKey } from '../../dialogs/index.ts';
import type { BotState, Claim, Lost } from '../conversation/store.ts';
import { isPlan } from '../domain/plan.ts';

const TEXTS = {
  messages: 'common.messagesLost',
  mode: 'common.modeLost',
  state: 'common.stateLost',
} as const satisfies Record<Lost, TextKey>;

/** Stands in the state while people have the conversation: that it was lost is told when the bot speaks again. */
export const UNTOLD: BotState = { untold: true };

export const isUntold = (state: BotState) => 'untold' in state;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isUsable(item: unknown): boolean {
  if (!isObject(item)) return false;
  const { dialogs, memory } = item;
  if (dialogs !== undefined && !isDialogState(dialogs)) return false;
  if (memory === undefined) return true;
  if (!isObject(memory) || typeof memory.misses !== 'number') return false;
  return memory.plan === undefined || isPlan(memory.plan);
}

/** The claim with a state that the bot can go on with: an empty one, named as lost, in place of any other. */
export function usable(claim: Claim): Claim {
  if (!isUntold(claim.state) && Object.values(claim.state).every(isUsable)) return claim;
  return { ...claim, state: {}, lost: [...(claim.lost ?? []).filter((it) => it !== 'state'), 'state'] };
}

/** Tells what was lost. That it was the state is left to whoever begins anew, unless `all`. */
export async function tellLosses(context: TurnContext, lost: readonly Lost[], all: boolean): Promise<void> {
  for (const what of lost) if (all || what !== 'state') await say(context, TEXTS[what]);
}
