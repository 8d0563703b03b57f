import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import {
  finish,
  goTo,
  MENU,
  menuPath,
  ownerOf,
  saidIn,
  say,
  TopicDialog,
  turnOf,
  UNDECIDED,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { nearIn } from './near.ts';

interface SmallTalkOptions {
  /** `bare-answer`: 「好」 where nothing was asked. */
  intent?: Intent | 'bare-answer';
  /** Set when a flow was stopped for this. */
  stopped?: boolean;
}

/** A flow was given up, or what was asked for is none of ours. */
const AWAY: readonly SmallTalkOptions['intent'][] = ['cancel', 'restart', 'out_of_scope'];

/** 寒暄、能做什么、停下、从头来: one short answer, back to what can be done. */
export function smallTalk(services: Services): TopicDialog {
  /** What was collected and not submitted is destroyed: the customer was told that nothing was handed in. */
  async function dropDrafts(step: WaterfallStepContext): Promise<void> {
    const { conversationId } = turnOf(step.context);
    await services.uploads.close(conversationId);
    await services.cases.withdrawDrafts(conversationId);
  }

  /** Who asks about a neighbouring matter hears where it is done, not only that it is not ours. */
  async function leadBack({ context }: WaterfallStepContext): Promise<void> {
    const near = nearIn(saidIn({ context }));
    const path = menuPath(services.settings.appPath);
    if (near) await say(context, `small-talk.near-${near}`, { path }, { choices: MENU });
    else await say(context, 'small-talk.outOfScope', {}, { choices: MENU });
  }

  /** What was handed in before is not stopped with it, and a message to a person is taken back there. */
  async function cancel(step: WaterfallStepContext, stopped = false): Promise<DialogTurnResult> {
    await dropDrafts(step);
    const isMeant = /登记|排队|留言|queue|message/u.test(saidIn(step));
    const open = isMeant ? await services.handoffs.open(turnOf(step.context).conversationId) : undefined;
    if (open?.state === 'message') return goTo(step, 'handoff', { toMessage: open.id });
    const cases = await services.cases.list(ownerOf(step));
    const number = cases.find(({ state }) => UNDECIDED.includes(state))?.number;
    if (stopped && number) await say(step.context, 'small-talk.cancelledKept', { number });
    else await say(step.context, stopped ? 'small-talk.cancelled' : 'small-talk.nothingToCancel');
    return finish(step, 'left');
  }

  async function answer(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { intent, stopped } = step.options as SmallTalkOptions;
    const { context } = step;
    switch (intent) {
      case 'thanks':
        await say(context, 'small-talk.thanks');
        break;
      case 'bare-answer':
        await say(context, 'small-talk.ready', {}, { choices: MENU });
        break;
      case 'goodbye':
        await say(context, 'small-talk.goodbye');
        break;
      case 'capability':
        await say(context, 'small-talk.capability', {}, { choices: MENU });
        break;
      case 'cancel':
        return cancel(step, stopped);
      case 'restart':
        await dropDrafts(step);
        await say(context, 'small-talk.restarted', {}, { choices: MENU });
        break;
      case 'out_of_scope':
        await leadBack(step);
        break;
      default:
        await say(context, 'small-talk.greet', {}, { choices: MENU });
    }
    return finish(step, intent && AWAY.includes(intent) ? 'left' : 'solved');
  }

  return new TopicDialog('small-talk', 1, [answer]);
}
