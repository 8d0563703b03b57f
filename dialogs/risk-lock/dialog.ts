import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Slot } from '../../src/domain/document.ts';
import type { Intent } from '../../src/domain/intent.ts';
import type { Blocker } from '../../src/domain/platform.ts';
import {
  type Answer,
  CollectDocuments,
  caseSteps,
  findBlockers,
  finish,
  finishReminded,
  goTo,
  isReminded,
  notesOf,
  offerReminders,
  type RemindResult,
  remindMe,
  returnedCase,
  saidIn,
  say,
  sayPlatformDown,
  TopicDialog,
  turnOf,
  undecidedCase,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { askPerson, askStart, REASON, reason, saysUnlocked } from './questions.ts';

type RiskLock = Extract<Blocker, { code: 'RISK_LOCK' }>;

interface RiskLockValues {
  intent?: Intent;
  caseKind: 'risk-lock';
  slots: Slot[];
  note?: string;
  cardLast4?: string;
  /** Handed over by the diagnosis, or looked up here. */
  blocker?: RiskLock;
}

/** What the review needs when the platform did not say: the hand-held photo only on its demand. */
const USUAL_SLOTS: Slot[] = ['id-front', 'id-back'];

/** 风控锁定: stop trying, why, documents for the manual review, case number. */
export function riskLock(services: Services): TopicDialog {
  async function stopTrying(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { intent } = step.values as unknown as RiskLockValues;
    const asksForDocuments = intent === 'upload_documents';
    if (asksForDocuments) {
      const returned = await returnedCase(services, step);
      if (returned) return goTo(step, 'case-status', { caseId: returned.id });
    }
    if (intent && saysUnlocked(saidIn(step))) return afterRelease(step);
    await say(step.context, asksForDocuments ? 'risk-lock.whichDocuments' : 'risk-lock.stopTrying');
    const { customerId } = turnOf(step.context);
    if (!customerId) return askPerson(step, 'risk-lock.signInFirst');
    const open = await undecidedCase(services, step, 'risk-lock');
    if (open) return goTo(step, 'case-status', { caseId: open.id });
    return confirmLock(step, customerId);
  }

  /** The platform may need a while after the review. */
  async function afterRelease(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { customerId } = turnOf(step.context);
    const found = customerId ? await findBlockers(services, customerId) : undefined;
    const cards = found?.kind === 'found' ? found.value : [];
    if (cards.some(({ blockers }) => blockers.some(({ code }) => code === 'RISK_LOCK'))) {
      await say(step.context, 'risk-lock.stillLocked');
      return offerReminders(step, [{ kind: 'lock-released' }]);
    }
    await say(step.context, 'risk-lock.unlocked');
    return goTo(step, 'unbind-guide');
  }

  /** Nobody is asked for an ID picture for a lock that is not there. */
  async function confirmLock(step: WaterfallStepContext, customerId: string): Promise<DialogTurnResult> {
    const values = step.values as unknown as RiskLockValues;
    if (!values.blocker) {
      const found = await findBlockers(services, customerId);
      if (found.kind === 'unavailable') {
        await sayPlatformDown(step);
        return askPerson(step, 'risk-lock.cannotCheck');
      }
      const cards = found.kind === 'found' ? found.value : [];
      const lock = cards.flatMap(({ blockers }) => blockers).find((blocker) => blocker.code === 'RISK_LOCK');
      if (!lock) {
        await say(step.context, 'risk-lock.notLocked');
        return goTo(step, 'diagnose');
      }
      notesOf(step.context).causes.push(lock.code);
      values.blocker = lock;
    }
    await say(step.context, 'risk-lock.why');
    return askStart(step);
  }

  async function askReason(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { blocker } = step.values as unknown as RiskLockValues;
    const answer = step.result as Answer | RemindResult;
    if (isReminded(answer)) return finishReminded(step, answer, 'left');
    const yes = answer.kind === 'yes-no' && answer.yes;
    // Without a lock that the platform has confirmed, the question was whether a person should look.
    if (!blocker && yes) return goTo(step, 'handoff', { reason: 'fail_risk' });
    if (!yes) {
      await say(step.context, 'risk-lock.comeBack');
      return finish(step, 'left');
    }
    return step.beginDialog(REASON);
  }

  async function prepareCase(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as RiskLockValues;
    values.note = step.result as string;
    values.caseKind = 'risk-lock';
    values.slots = values.blocker?.requiredDocuments ?? USUAL_SLOTS;
    await say(step.context, 'risk-lock.documents', { count: values.slots.length });
    return step.next();
  }

  return new TopicDialog(
    'risk-lock',
    4,
    [stopTrying, askReason, prepareCase, ...caseSteps(services)],
    [reason(), new CollectDocuments(services), remindMe(services)],
  );
}
