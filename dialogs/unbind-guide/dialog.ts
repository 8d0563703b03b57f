import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import type { AutoDebit } from '../../src/domain/platform.ts';
import { kindsIn } from '../autopay/readings.ts';
import {
  type Answer,
  ask,
  finish,
  goTo,
  isGoto,
  leave,
  saidIn,
  say,
  TopicDialog,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { AGREEMENTS, type AgreementsOptions, type AgreementsResult, agreements } from './agreements.ts';
import { type NamedCard, noteCard } from './card.ts';
import { DIFFERENCE, type DifferenceResult, difference } from './difference.ts';
import { askPrechecks } from './prechecks.ts';
import { LIST_ANSWERS, SEVERAL_CARDS } from './readings.ts';
import { STEPS, type StepsOptions, type StepsResult, steps } from './steps.ts';

interface GuideValues extends NamedCard {
  intent?: Intent;
  /** Handed over by the diagnosis, which has found nothing in the way. */
  autoDebits?: AutoDebit[];
  differenceTold?: boolean;
  /** Index of the step to go on at: the customer is past the prechecks. */
  startAt?: number;
  /** The agreements have been dealt with: in another topic, or before the prechecks. */
  agreementsDone?: boolean;
  prechecked?: boolean;
  /** The three things to check were read already. */
  precheckTold?: boolean;
}

/** What has been opened by pressing 删除 needs a calming word before any explanation. */
const PRESSED_DELETE =
  /点了|点成|误|手滑|按了|不小心|点错|(?:tapped|pressed|clicked|hit).{0,12}delete|by (?:mistake|accident)|accidentally/u;

function valuesOf(step: WaterfallStepContext): GuideValues {
  return step.values as unknown as GuideValues;
}

/** To the prechecks once more, after the customer has said something else that belongs here. */
function precheckAgain(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { intent: _, ...kept } = valuesOf(step);
  return goTo(step, 'unbind-guide', { ...kept, precheckTold: true });
}

/** 安全解绑: checks before, the four steps one by one, and how to see whether it went through. */
export function unbindGuide(services: Services): TopicDialog {
  async function begin(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const { customerId } = turnOf(step.context);
    if (values.intent && !values.cardLast4)
      Object.assign(values, await noteCard(services, step, { asked: false }));
    if (values.intent === 'unbind_vs_delete') {
      if (PRESSED_DELETE.test(saidIn(step))) await say(step.context, 'unbind-guide.comfort');
      await say(step.context, 'unbind-guide.difference');
      values.differenceTold = true;
      return step.beginDialog(DIFFERENCE);
    }
    // Whoever is identified can have the card looked up instead.
    if (values.intent !== 'unbind_how' || customerId || values.cardLast4) return step.next();
    return ask(step, {
      kind: 'text',
      key: 'unbind-guide.whichCard',
      choices: [{ value: 'skip', key: 'unbind-guide.skipCard' }],
    });
  }

  async function precheck(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as Answer | DifferenceResult | undefined;
    if (isGoto(result)) return step.endDialog(result);
    if (result?.kind === 'enough') return finish(step, 'solved');
    const values = valuesOf(step);
    if (result?.kind === 'text') {
      if (SEVERAL_CARDS.test(saidIn(step))) await say(step.context, 'unbind-guide.oneByOne');
      Object.assign(values, await noteCard(services, step, { asked: true }));
      // What is asked after the prechecks was told ahead.
      if (kindsIn(saidIn(step)).length > 0) return step.next({ kind: 'choice', value: 'agreements' });
    }
    const { autoDebits, startAt, prechecked, precheckTold } = values;
    if (prechecked || autoDebits || startAt !== undefined)
      return step.next({ kind: 'choice', value: 'good' });
    return askPrechecks(step, precheckTold);
  }

  async function checkAgreements(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const values = valuesOf(step);
    switch (answer.kind === 'choice' ? answer.value : 'unsure') {
      case 'good':
        values.prechecked = true;
        break;
      case 'several':
        await say(step.context, 'unbind-guide.oneByOne');
        return precheckAgain(step);
      case 'card':
        Object.assign(values, await noteCard(services, step, { asked: true }));
        return precheckAgain(step);
      case 'none-left':
        values.agreementsDone = true;
        await say(step.context, 'unbind-guide.agreementsNoted');
        return precheckAgain(step);
      case 'agreements':
        return step.beginDialog(AGREEMENTS, { kinds: kindsIn(saidIn(step)) } satisfies AgreementsOptions);
      default:
        return goTo(step, 'diagnose', { cardId: values.cardId });
    }
    if (values.agreementsDone) return step.next({ kind: 'continue' } satisfies AgreementsResult);
    const { autoDebits } = values;
    return step.beginDialog(AGREEMENTS, (autoDebits ? { autoDebits } : {}) satisfies AgreementsOptions);
  }

  async function walk(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { cardLast4, cardId, autoDebits, differenceTold, prechecked, startAt = 0 } = valuesOf(step);
    const result = step.result as AgreementsResult;
    if (isGoto(result)) return step.endDialog(result);
    if (result.kind === 'later') return leave(step);
    valuesOf(step).agreementsDone = true;
    if (!prechecked) return precheckAgain(step);
    if (!differenceTold && startAt === 0) await say(step.context, 'unbind-guide.difference');
    const options: StepsOptions = {
      at: startAt,
      diagnosed: autoDebits !== undefined,
      ...(cardLast4 && { cardLast4 }),
      ...(cardId && { cardId }),
    };
    return step.beginDialog(STEPS, options);
  }

  async function verify(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as StepsResult;
    if (isGoto(result)) return step.endDialog(result);
    if (result.seen) return step.next({ kind: 'choice', value: 'shown' } satisfies Answer);
    return ask(step, {
      kind: 'choice',
      key: 'unbind-guide.verify',
      choices: [
        { value: 'shown', key: 'unbind-guide.listShows' },
        { value: 'not-yet', key: 'unbind-guide.listShowsNot' },
      ],
      spoken: LIST_ANSWERS,
      retry: 'unbind-guide.verifyRetry',
    });
  }

  async function conclude(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    if (answer.kind === 'choice' && answer.value === 'shown') {
      await say(step.context, 'unbind-guide.keepProof');
      return goTo(step, 'aftercare');
    }
    await say(step.context, 'unbind-guide.notYet');
    return finish(step, 'left');
  }

  const inner = [...agreements(), ...difference(), steps(services)];
  return new TopicDialog(
    'unbind-guide',
    3,
    [begin, precheck, checkAgreements, walk, verify, conclude],
    inner,
  );
}
