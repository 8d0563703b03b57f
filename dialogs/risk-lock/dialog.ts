import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Slot } from '../../src/domain/document.ts';
import type { Blocker } from '../../src/domain/platform.ts';
import {
  type Answer,
  ask,
  CollectDocuments,
  caseSteps,
  goTo,
  say,
  TopicDialog,
  turnOf,
  undecidedCase,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

interface RiskLockValues {
  caseKind: 'risk-lock';
  slots: Slot[];
  note?: string;
  cardLast4?: string;
  /** Handed over by the diagnosis. */
  blocker?: Extract<Blocker, { code: 'RISK_LOCK' }>;
}

/** What the review needs when the platform did not say: the hand-held photo only on its demand. */
const USUAL_SLOTS: Slot[] = ['id-front', 'id-back'];

/** 风控锁定: stop trying, why, documents for the manual review, case number. */
export function riskLock(services: Services): TopicDialog {
  async function stopTrying(step: WaterfallStepContext): Promise<DialogTurnResult> {
    await say(step.context, 'risk-lock.stopTrying');
    await say(step.context, 'risk-lock.why');
    if (!turnOf(step.context).customerId) {
      return ask(step, {
        kind: 'yes-no',
        key: 'risk-lock.signInFirst',
        yes: 'common.toHuman',
        no: 'common.notNow',
      });
    }
    const open = await undecidedCase(services, step, 'risk-lock');
    if (open) return goTo(step, 'case-status', { caseId: open.id });
    return ask(step, {
      kind: 'yes-no',
      key: 'risk-lock.startReview',
      yes: 'risk-lock.startNow',
      no: 'common.notNow',
    });
  }

  async function askReason(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const yes = answer.kind === 'yes-no' && answer.yes;
    if (!turnOf(step.context).customerId && yes) return goTo(step, 'handoff');
    if (!yes) {
      await say(step.context, 'risk-lock.comeBack');
      return step.endDialog();
    }
    return ask(step, {
      kind: 'text',
      key: 'risk-lock.reason',
      choices: [
        { value: 'unused', key: 'risk-lock.reasonUnused' },
        { value: 'new-card', key: 'risk-lock.reasonNewCard' },
        { value: 'safety', key: 'risk-lock.reasonSafety' },
      ],
    });
  }

  async function prepareCase(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as RiskLockValues;
    const answer = step.result as Answer;
    if (answer.kind === 'text') values.note = answer.text;
    values.caseKind = 'risk-lock';
    values.slots = values.blocker?.requiredDocuments ?? USUAL_SLOTS;
    await say(step.context, 'risk-lock.documents', { count: values.slots.length });
    return step.next();
  }

  return new TopicDialog(
    'risk-lock',
    1,
    [stopTrying, askReason, prepareCase, ...caseSteps(services)],
    [new CollectDocuments(services)],
  );
}
