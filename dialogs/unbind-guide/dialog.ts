import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import type { AutoDebit } from '../../src/domain/platform.ts';
import { type Answer, ask, type Choice, goTo, isGoto, say, TopicDialog, turnOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { lastFourOf } from '../kit/words.ts';
import { AGREEMENTS, type AgreementsOptions, type AgreementsResult, agreements } from './agreements.ts';
import { DIFFERENCE, type DifferenceResult, difference } from './difference.ts';
import { STEPS, type StepsOptions, type StepsResult, steps } from './steps.ts';

interface GuideValues {
  intent?: Intent;
  cardLast4?: string;
  /** Handed over by the diagnosis, which has found nothing in the way. */
  autoDebits?: AutoDebit[];
  differenceTold?: boolean;
}

/** What has been opened by pressing 删除 needs a calming word before any explanation. */
const PRESSED_DELETE = /点了|点成|误|手滑|按了|不小心|点错/u;

function valuesOf(step: WaterfallStepContext): GuideValues {
  return step.values as unknown as GuideValues;
}

/** 安全解绑: checks before, the four steps one by one, and how to see whether it went through. */
export function unbindGuide(services: Services): TopicDialog {
  async function begin(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const { customerId, understanding } = turnOf(step.context);
    const named = values.cardLast4 ?? understanding?.entities.cardLast4;
    if (named) values.cardLast4 = named;
    if (values.intent === 'unbind_vs_delete') {
      if (PRESSED_DELETE.test(understanding?.text ?? '')) await say(step.context, 'unbind-guide.comfort');
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
    const last4 =
      answer.kind === 'text' &&
      (turnOf(step.context).understanding?.entities.cardLast4 ?? lastFourOf(answer.text));
    if (!last4) return;
    valuesOf(step).cardLast4 = last4;
    await say(step.context, 'unbind-guide.cardNoted', { last4 });
  }

  async function precheck(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as Answer | DifferenceResult | undefined;
    if (isGoto(result)) return step.endDialog(result);
    if (result?.kind === 'enough') return step.endDialog();
    if (result?.kind === 'text') await noteCard(step, result);
    if (valuesOf(step).autoDebits) return step.next({ kind: 'choice', value: 'good' });
    const choices: Choice[] = [
      { value: 'good', key: 'unbind-guide.allGood' },
      { value: 'unsure', key: 'unbind-guide.notSure' },
    ];
    if (turnOf(step.context).customerId) choices.push({ value: 'look', key: 'unbind-guide.checkForMe' });
    return ask(step, {
      kind: 'choice',
      key: 'unbind-guide.prechecks',
      choices,
      retry: 'unbind-guide.prechecksRetry',
    });
  }

  async function checkAgreements(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    if (answer.kind !== 'choice' || answer.value !== 'good') return goTo(step, 'diagnose');
    await say(step.context, 'unbind-guide.bankDebt');
    const { autoDebits } = valuesOf(step);
    const options: AgreementsOptions = autoDebits ? { autoDebits } : {};
    return step.beginDialog(AGREEMENTS, options);
  }

  async function walk(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { cardLast4, autoDebits, differenceTold } = valuesOf(step);
    if ((step.result as AgreementsResult).kind === 'later') return step.endDialog();
    if (!differenceTold) await say(step.context, 'unbind-guide.difference');
    const options: StepsOptions = {
      at: 0,
      diagnosed: autoDebits !== undefined,
      ...(cardLast4 && { cardLast4 }),
    };
    return step.beginDialog(STEPS, options);
  }

  async function verify(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const result = step.result as StepsResult;
    if (isGoto(result)) return step.endDialog(result);
    return ask(step, {
      kind: 'yes-no',
      key: 'unbind-guide.verify',
      yes: 'unbind-guide.listShows',
      no: 'unbind-guide.listShowsNot',
      retry: 'unbind-guide.verifyRetry',
    });
  }

  async function finish(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    if (answer.kind === 'yes-no' && answer.yes) {
      await say(step.context, 'unbind-guide.keepProof');
      return goTo(step, 'referral', { intent: 'aftercare' });
    }
    await say(step.context, 'unbind-guide.notYet');
    return step.endDialog();
  }

  const inner = [...agreements(), difference(), steps(services)];
  return new TopicDialog('unbind-guide', 1, [begin, precheck, checkAgreements, walk, verify, finish], inner);
}
