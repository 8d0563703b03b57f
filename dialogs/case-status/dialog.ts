import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { type Case, triesAreOver } from '../../src/domain/case.ts';
import type { Intent } from '../../src/domain/intent.ts';
import {
  type Answer,
  ask,
  COLLECT_DOCUMENTS,
  CollectDocuments,
  type CollectOptions,
  findBlockers,
  finish,
  goTo,
  goToIntent,
  offerReminders,
  remindMe,
  saidIn,
  say,
  TopicDialog,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { findSteps } from './find.ts';
import { finishSteps } from './finish.ts';
import { isTalk, numberSlot } from './lines.ts';
import { tellCase } from './tell.ts';
import { asideIn, offerFor, type Wish, wishIn } from './wish.ts';

interface CaseStatusValues {
  caseId?: string;
  intent?: Intent;
  /** Version of the case that has been told; while it is the same, only the offer is made again. */
  told?: number;
  /** A question in between was answered just now. */
  answered?: boolean;
  wish?: Wish | undefined;
}

function valuesOf(step: WaterfallStepContext): CaseStatusValues {
  return step.values as unknown as CaseStatusValues;
}

/** 审核进度: how a case stands, the returned documents once more, withdrawal on request. */
export function caseStatus(services: Services): TopicDialog {
  async function current(step: WaterfallStepContext): Promise<Case | undefined> {
    const { caseId } = valuesOf(step);
    return caseId ? services.cases.find(caseId) : undefined;
  }

  async function tell(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const found = await current(step);
    if (!found || found.state === 'draft') return goTo(step, 'case-status', { missed: 'no-number' });
    const offer = offerFor(found);
    const { answered } = values;
    const again = values.told === found.version;
    if (!again) {
      await apologise(step, found);
      await tellCase(services, step, found);
      // 「重新传了 是不是要从头排」 asks more than how it stands.
      const asked = values.intent && !isTalk(found.kind) ? asideIn(saidIn(step)) : undefined;
      if (asked === 'case-status.sameCase') await say(step.context, asked, numberSlot(found));
    }
    values.told = found.version;
    if (!offer) return finish(step, 'solved');
    if (values.intent && wantsBack(step) && offer.choices.some(({ value }) => value === 'withdraw')) {
      return confirmWithdraw(step, found);
    }
    const { question: key, retry, choices, done, spoken } = offer;
    if (again && !answered) await say(step.context, retry);
    if (spoken) return ask(step, { kind: 'choice', key, retry, choices, spoken });
    return ask(step, { kind: 'text', key, choices, ...(done && { verbatim: done }) });
  }

  /** Who asks why it came back once more is angry with reason. */
  async function apologise(step: WaterfallStepContext, { state }: Case): Promise<void> {
    const again = /又|老是|总是|一直|到底|第[二三四几]次|不合格/u.test(saidIn(step));
    if (valuesOf(step).intent && state === 'needs-more' && again)
      await say(step.context, 'case-status.sorry');
  }

  /** 「撤回我的审核申请」 as the opening words needs no second asking what to do. */
  function wantsBack(step: WaterfallStepContext): boolean {
    return /撤回|撤销|撤掉|撤了|withdraw|cancel (?:it|this|my|the)|take (?:it )?back/u.test(saidIn(step));
  }

  function confirmWithdraw(step: WaterfallStepContext, found: Case): Promise<DialogTurnResult> {
    valuesOf(step).wish = 'withdraw';
    return ask(step, {
      kind: 'yes-no',
      key: 'case-status.confirmWithdraw',
      slots: numberSlot(found),
      yes: 'case-status.confirmWithdrawYes',
      no: 'case-status.confirmWithdrawNo',
    });
  }

  async function act(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const answer = step.result as Answer;
    if (values.wish === 'withdraw') return step.next(answer);
    const found = await current(step);
    const offer = found && offerFor(found);
    if (!found || !offer) return finish(step, 'left');
    values.wish = wishIn(answer, saidIn(step), offer);
    const slots = numberSlot(found);
    switch (values.wish) {
      case 'resubmit':
        return collect(step, found);
      case 'withdraw':
        return confirmWithdraw(step, found);
      case 'human':
        return goTo(step, 'handoff', { reason: `case ${found.number}` });
      case 'guide':
        return goTo(step, 'unbind-guide', { cardLast4: found.cardLast4 });
      case 'diagnose':
        return goTo(step, 'diagnose');
      case 'wait':
        await say(step.context, 'case-status.waiting', slots);
        return finish(step, 'solved');
      case 'later':
        if (found.state === 'needs-more') {
          const nothingToSend = triesAreOver(found.returnedSlots);
          await say(step.context, nothingToSend ? 'case-status.nothingMore' : 'case-status.laterSend', slots);
          return finish(step, 'left');
        }
        if (await isStillLocked(step, found)) return offerReminders(step, [{ kind: 'lock-released' }]);
        await say(step.context, 'case-status.nothingMore', slots);
        return finish(step, 'solved');
      default:
        return somethingElse(step, found);
    }
  }

  /** Approved, and the platform has not lifted the lock yet: it reports when it has. */
  async function isStillLocked(step: WaterfallStepContext, { kind, state }: Case): Promise<boolean> {
    const { customerId } = turnOf(step.context);
    if (kind !== 'risk-lock' || state !== 'approved' || !customerId) return false;
    const looked = await findBlockers(services, customerId);
    if (looked.kind !== 'found') return false;
    return looked.value.some(({ blockers }) => blockers.some(({ code }) => code === 'RISK_LOCK'));
  }

  async function somethingElse(step: WaterfallStepContext, found: Case): Promise<DialogTurnResult> {
    const { caseId, told } = valuesOf(step);
    const aside = isTalk(found.kind) ? undefined : asideIn(saidIn(step));
    if (aside) {
      await say(step.context, aside, numberSlot(found));
      return goTo(step, 'case-status', { caseId, told, answered: true });
    }
    const { understanding } = turnOf(step.context);
    if (understanding?.entities.caseId) return goTo(step, 'case-status');
    const intent = understanding?.decision === 'accept' ? understanding.intent : undefined;
    if (intent && intent !== 'case_status' && intent !== 'out_of_scope') return goToIntent(step, intent);
    return goTo(step, 'case-status', { caseId, told });
  }

  async function collect(step: WaterfallStepContext, found: Case): Promise<DialogTurnResult> {
    const slots = found.returnedSlots.map(({ slot }) => slot);
    if (slots.length === 0) return goTo(step, 'handoff', { reason: `case ${found.number}` });
    const options: CollectOptions = { draftId: found.id, slots };
    return step.beginDialog(COLLECT_DOCUMENTS, options);
  }

  return new TopicDialog(
    'case-status',
    2,
    [...findSteps(services), tell, act, ...finishSteps(services)],
    [new CollectDocuments(services), remindMe(services)],
  );
}
