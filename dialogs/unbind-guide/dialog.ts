import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import type { AutoDebit } from '../../src/domain/platform.ts';
import {
  type Answer,
  ask,
  type Choice,
  finish,
  goTo,
  isGoto,
  saidIn,
  say,
  TopicDialog,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { lastFourOf } from '../kit/words.ts';
import { AGREEMENTS, type AgreementsOptions, type AgreementsResult, agreements } from './agreements.ts';
import { DIFFERENCE, type DifferenceResult, difference } from './difference.ts';
import { LIST_ANSWERS, PRECHECK_ANSWERS } from './readings.ts';
import { STEPS, type StepsOptions, type StepsResult, steps } from './steps.ts';

interface GuideValues {
  intent?: Intent;
  cardLast4?: string;
  /** Handed over by the diagnosis, which has found nothing in the way. */
  autoDebits?: AutoDebit[];
  differenceTold?: boolean;
  /** Index of the step to go on at: the customer is past the prechecks. */
  startAt?: number;
  /** The agreements have been dealt with in another topic. */
  agreementsDone?: boolean;
}

/** What has been opened by pressing 删除 needs a calming word before any explanation. */
const PRESSED_DELETE = /点了|点成|误|手滑|按了|不小心|点错/u;

function valuesOf(step: WaterfallStepContext): GuideValues {
  return step.values as unknown as GuideValues;
}

/** A message with a whole card number was not kept: repeating its end would say otherwise. */
function hidSomething(step: WaterfallStepContext): boolean {
  const kinds: unknown = step.context.activity.channelData?.sensitive;
  return Array.isArray(kinds) && kinds.length > 0;
}

function saidLast4(step: WaterfallStepContext): string | undefined {
  return hidSomething(step) ? undefined : turnOf(step.context).understanding?.entities.cardLast4;
}

/** 安全解绑: checks before, the four steps one by one, and how to see whether it went through. */
export function unbindGuide(services: Services): TopicDialog {
  async function begin(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const { customerId } = turnOf(step.context);
    const named = values.cardLast4 ?? saidLast4(step);
    if (named) values.cardLast4 = named;
    if (values.intent === 'unbind_vs_delete') {
      if (PRESSED_DELETE.test(saidIn(step))) await say(step.context, 'unbind-guide.comfort');
      await say(step.context, 'unbind-guide.difference');
      values.differenceTold = true;
      return step.beginDialog(DIFFERENCE);
    }
    // Whoever is identified can have the card looked up instead.
    if (values.intent !== 'unbind_how' || customerId || named) return step.next();
    return ask(step, {
      kind: 'text',
      key: 'unbind-guide.whichCard',
      choices: [{ value: 'skip', key: 'unbind-guide.skipCard' }],
    });
  }

  async function noteCard(step: WaterfallStepContext, answer: Answer): Promise<void> {
    const last4 = saidLast4(step) ?? (answer.kind === 'text' ? lastFourOf(saidIn(step)) : undefined);
    if (!last4 || hidSomething(step)) return;
    valuesOf(step).cardLast4 = last4;
    await say(step.context, 'unbind-guide.cardNoted', { last4 });
  }

  async function precheck(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as Answer | DifferenceResult | undefined;
    if (isGoto(result)) return step.endDialog(result);
    if (result?.kind === 'enough') return finish(step, 'solved');
    if (result?.kind === 'text') await noteCard(step, result);
    const { autoDebits, startAt } = valuesOf(step);
    if (autoDebits || startAt !== undefined) return step.next({ kind: 'choice', value: 'good' });
    const choices: Choice[] = [
      { value: 'good', key: 'unbind-guide.allGood' },
      { value: 'unsure', key: 'unbind-guide.notSure' },
    ];
    if (turnOf(step.context).customerId) choices.push({ value: 'look', key: 'unbind-guide.checkForMe' });
    return ask(step, {
      kind: 'choice',
      key: 'unbind-guide.prechecks',
      choices,
      spoken: PRECHECK_ANSWERS,
      retry: 'unbind-guide.prechecksRetry',
    });
  }

  async function checkAgreements(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    if (answer.kind !== 'choice' || answer.value !== 'good') return goTo(step, 'diagnose');
    const { autoDebits, agreementsDone } = valuesOf(step);
    if (agreementsDone) return step.next({ kind: 'continue' } satisfies AgreementsResult);
    const options: AgreementsOptions = autoDebits ? { autoDebits } : {};
    return step.beginDialog(AGREEMENTS, options);
  }

  async function walk(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { cardLast4, autoDebits, differenceTold, startAt = 0 } = valuesOf(step);
    const result = step.result as AgreementsResult;
    if (isGoto(result)) return step.endDialog(result);
    if (result.kind === 'later') return finish(step, 'left');
    if (!differenceTold && startAt === 0) await say(step.context, 'unbind-guide.difference');
    const options: StepsOptions = {
      at: startAt,
      diagnosed: autoDebits !== undefined,
      ...(cardLast4 && { cardLast4 }),
    };
    return step.beginDialog(STEPS, options);
  }

  async function verify(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as StepsResult;
    if (isGoto(result)) return step.endDialog(result);
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

  const inner = [...agreements(), difference(), steps(services)];
  return new TopicDialog(
    'unbind-guide',
    2,
    [begin, precheck, checkAgreements, walk, verify, conclude],
    inner,
  );
}
