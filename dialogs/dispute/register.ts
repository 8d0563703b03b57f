import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import { announceCase, type CaseValues, caseSteps, ownerOf, turnOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

export const WITH_EVIDENCE = 'with-evidence';

/** What the case says. */
export interface DisputeCase {
  note: string;
  cardLast4?: string | undefined;
}

/** Begins with a `DisputeCase`: the upload of what proves it, then the case; a customer who refuses may see a person. */
export function withEvidence(services: Services): WaterfallDialog {
  async function takeOver(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { note, cardLast4 } = step.options as DisputeCase;
    const values: CaseValues = {
      caseKind: 'dispute',
      slots: ['evidence'],
      note,
      confirm: 'dispute.confirm',
      ...(cardLast4 && { cardLast4 }),
    };
    Object.assign(step.values, values);
    return step.next();
  }
  return new WaterfallDialog(WITH_EVIDENCE, [takeOver, ...caseSteps(services)]);
}

/** The case as the customer told it; what proves it may be asked for later. */
export async function registerPlain(
  services: Services,
  step: WaterfallStepContext,
  { note, cardLast4 }: DisputeCase,
): Promise<void> {
  const draft = await services.cases.draft(
    { ...ownerOf(step), kind: 'dispute', requiredSlots: [], note, ...(cardLast4 && { cardLast4 }) },
    `${turnOf(step.context).idempotencyKey}:case`,
  );
  await announceCase(services, step, await services.cases.submit(draft.id));
}
