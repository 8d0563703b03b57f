import type { TurnContext } from 'botbuilder';
import {
  type CardPlan,
  dropPlan,
  endWork,
  openCodes,
  PLAN_KEEPER,
  type PlanKeeper,
} from '../../src/domain/plan.ts';
import { type Ended, type Goto, isGoto } from './topic-dialog.ts';

/** Where the plan of this conversation is kept, to read and to change. */
export function planKeeper(context: TurnContext): PlanKeeper {
  const keeper = context.turnState.get<PlanKeeper>(PLAN_KEEPER);
  if (!keeper) throw new Error('a dialog runs outside of a turn');
  return keeper;
}

/** What is planned for the card that was talked about last. */
export function currentPlan(context: TurnContext): CardPlan | undefined {
  return planKeeper(context).plan?.cards[0];
}

function goingOver(context: TurnContext, over: Goto): Goto {
  const keeper = planKeeper(context);
  const [plan] = keeper.plan?.cards ?? [];
  if (!plan) return over;
  const working = keeper.plan?.working;
  // What is done after unbinding: the plan has served.
  if (over.goto === 'aftercare' && (working || plan.guided)) dropPlan(keeper);
  if (over.goto !== 'unbind-guide') return over;
  // Nobody is shown the steps while something that was found is still in the way.
  const left = openCodes(plan).filter((code) => code !== working);
  if (left.length === 0) return over;
  endWork(keeper);
  return { goto: 'diagnose', options: working ? { ended: 'solved', worked: working } : { back: 'said' } };
}

/**
 * Where the conversation goes when its last topic has ended: over to another one, back to the plan that the
 * topic was part of and that holds more, or nowhere.
 */
export function nextTopic(context: TurnContext, ended: Ended | Goto): Goto | undefined {
  if (isGoto(ended)) return goingOver(context, ended);
  const worked = endWork(planKeeper(context));
  const plan = currentPlan(context);
  if (!worked || !plan || openCodes(plan).length === 0) return undefined;
  return { goto: 'diagnose', options: { ended: ended.outcome, worked } };
}
