import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Case, CaseKind, CaseOwner, CaseState } from '../../src/domain/case.ts';
import type { Slot } from '../../src/domain/document.ts';
import { COLLECT_DOCUMENTS, type CollectOptions, type CollectResult } from './collect-documents.ts';
import type { Answer } from './question.ts';
import { ask } from './question-prompt.ts';
import { say } from './say.ts';
import type { Services } from './services.ts';
import { finish, goTo, type Step } from './topic-dialog.ts';
import { turnOf } from './turn.ts';

/** What a topic puts into `step.values` before the case flow begins. */
export interface CaseValues {
  caseKind: CaseKind;
  slots: Slot[];
  note?: string;
  cardLast4?: string;
  draftId?: string;
  /** Asked before it is submitted, instead of the usual question. */
  confirm?: TextKey;
}

/** The customer this turn belongs to, as cases know owners. */
export function ownerOf(step: WaterfallStepContext): CaseOwner {
  const { conversationId, customerId } = turnOf(step.context);
  return { conversationId, ...(customerId !== undefined && { customerId }) };
}

/** Handed in, and nobody has decided yet. */
export const UNDECIDED: readonly CaseState[] = ['submitted', 'in-review', 'needs-more'];

/** The owner's case of this kind that nobody has decided yet: there must not be a second one. */
export async function undecidedCase(
  services: Services,
  step: WaterfallStepContext,
  kind: CaseKind,
): Promise<Case | undefined> {
  const cases = await services.cases.list(ownerOf(step));
  return cases.find((one) => one.kind === kind && UNDECIDED.includes(one.state));
}

/** The owner's case of whatever kind that was returned for documents: what 「我要补材料」 is about. */
export async function returnedCase(
  services: Services,
  step: WaterfallStepContext,
): Promise<Case | undefined> {
  const cases = await services.cases.list(ownerOf(step));
  return cases.find(({ state }) => state === 'needs-more');
}

/** Says the case number, and how long a review takes if the operator has told. */
export async function announceCase(
  services: Services,
  step: WaterfallStepContext,
  made: Case,
): Promise<void> {
  const days = services.settings.reviewWorkingDays;
  const slots = { number: made.number ?? '', from: days?.from ?? '', to: days?.to ?? '' };
  const data = { caseId: made.number };
  await say(step.context, days ? 'common.caseSubmittedWithTime' : 'common.caseSubmitted', slots, { data });
}

/**
 * The steps that turn collected facts into a case: draft, documents, confirmation, submission.
 * The topic sets `CaseValues` before; these end the topic.
 */
export function caseSteps(services: Services): Step[] {
  async function collect(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as CaseValues;
    const draft = await services.cases.draft(
      {
        ...ownerOf(step),
        kind: values.caseKind,
        requiredSlots: values.slots,
        ...(values.cardLast4 !== undefined && { cardLast4: values.cardLast4 }),
        ...(values.note !== undefined && { note: values.note }),
      },
      `${turnOf(step.context).idempotencyKey}:case`,
    );
    values.draftId = draft.id;
    const options: CollectOptions = { draftId: draft.id, slots: values.slots };
    return step.beginDialog(COLLECT_DOCUMENTS, options);
  }

  async function confirm(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as CaseValues;
    const result = step.result as CollectResult;
    if (result.kind === 'declined') {
      if (values.draftId) await services.cases.withdraw(values.draftId);
      return ask(step, {
        kind: 'yes-no',
        key: 'common.uploadRefused',
        yes: 'common.toHuman',
        no: 'common.notNow',
      });
    }
    const slots = { count: values.slots.length, reason: values.note ?? '' };
    return ask(step, {
      kind: 'yes-no',
      key: values.confirm ?? (values.note ? 'common.confirmSubmitWithReason' : 'common.confirmSubmit'),
      slots,
      retry: values.confirm ?? 'common.confirmSubmitRetry',
      yes: 'common.submit',
      no: 'common.doNotSubmit',
    });
  }

  async function submit(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { draftId } = step.values as unknown as CaseValues;
    const answer = step.result as Answer;
    const yes = answer.kind === 'yes-no' && answer.yes;
    const draft = draftId ? await services.cases.find(draftId) : undefined;
    if (!draft || draft.state === 'withdrawn') {
      if (yes) return goTo(step, 'handoff');
      await say(step.context, 'common.nothingSubmitted');
      return finish(step, 'left');
    }
    if (!yes) {
      await services.cases.withdraw(draft.id);
      await say(step.context, 'common.nothingSubmitted');
      return finish(step, 'left');
    }
    await announceCase(services, step, await services.cases.submit(draft.id));
    return finish(step, 'case');
  }

  return [collect, confirm, submit];
}
