import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { CaseKind } from '../../src/domain/case.ts';
import type { Slot } from '../../src/domain/document.ts';
import type { Intent } from '../../src/domain/intent.ts';
import type { Blocker } from '../../src/domain/platform.ts';
import {
  type Answer,
  ask,
  type Choice,
  CollectDocuments,
  caseSteps,
  finish,
  goTo,
  menuPath,
  saidIn,
  say,
  TopicDialog,
  turnOf,
  undecidedCase,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { holderDied, type Mismatch, mismatchIn, WAYS } from './kinds.ts';
import { WAY, type WayResult, way } from './way.ts';

interface MismatchValues {
  caseKind: CaseKind;
  slots: Slot[];
  mismatch?: Mismatch | undefined;
  cardLast4?: string;
  /** Set when a customer's message opened the topic: its words may tell the kind. */
  intent?: Intent;
  /** Handed over by the diagnosis. */
  blocker?: Blocker;
}

const KINDS: Choice[] = [
  { value: 'info-expired', key: 'identity-mismatch.kindInfoExpired' },
  { value: 'not-holder', key: 'identity-mismatch.kindNotHolder' },
  { value: 'card-closed', key: 'identity-mismatch.kindCardClosed' },
  { value: 'other', key: 'common.noneOfThese' },
];

function valuesOf(step: WaterfallStepContext): MismatchValues {
  return step.values as unknown as MismatchValues;
}

function knownKind(step: WaterfallStepContext): Mismatch | undefined {
  const { mismatch, blocker, intent } = valuesOf(step);
  if (mismatch) return mismatch;
  if (blocker?.code === 'IDENTITY_MISMATCH') return blocker.reason;
  return intent ? mismatchIn(saidIn(step)) : undefined;
}

/** 身份信息不一致: which of three kinds it is, and for each its own documents. */
export function identityMismatch(services: Services): TopicDialog {
  async function findKind(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    if (values.intent && holderDied(saidIn(step))) {
      await say(step.context, 'identity-mismatch.holderDied');
      return goTo(step, 'handoff', { reason: 'card-holder-died' });
    }
    values.mismatch = knownKind(step);
    if (values.mismatch) return step.next(undefined);
    return ask(step, { kind: 'choice', key: 'identity-mismatch.whichKind', choices: KINDS });
  }

  async function explain(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const answer = step.result as Answer | undefined;
    if (answer?.kind === 'choice') {
      if (answer.value === 'other') return goTo(step, 'handoff', { reason: 'identity-mismatch' });
      values.mismatch = answer.value as Mismatch;
    }
    if (!values.mismatch) return finish(step, 'left');
    const known = WAYS[values.mismatch];
    const { customerId } = turnOf(step.context);
    const open = customerId ? await undecidedCase(services, step, known.caseKind) : undefined;
    if (open) return goTo(step, 'case-status', { caseId: open.id });
    await say(step.context, known.explanation, {
      path: menuPath(services.settings.appPath),
      profile: menuPath(services.settings.profilePath),
    });
    if (values.mismatch === 'not-holder') await say(step.context, 'identity-mismatch.familyDocuments');
    return step.beginDialog(WAY, { mismatch: values.mismatch, known: customerId !== undefined });
  }

  async function chooseWay(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { mismatch } = valuesOf(step);
    if (!mismatch) return finish(step, 'left');
    switch (step.result as WayResult) {
      case 'review':
        return prepare(step, WAYS[mismatch].slots);
      case 'evidence':
        return prepare(step, ['evidence']);
      case 'corrected':
        return goTo(step, 'identity-mismatch', {
          mismatch: mismatchIn(saidIn(step)),
          cardLast4: valuesOf(step).cardLast4,
        });
      case 'wrong':
        // Without what the platform or the words said, so that the kind is asked for.
        return goTo(step, 'identity-mismatch', { cardLast4: valuesOf(step).cardLast4 });
      case 'holder-cannot':
        await say(step.context, 'identity-mismatch.holderCannot');
        return toPerson(step);
      case 'human':
        return toPerson(step);
      default:
        return comeBack(step);
    }
  }

  async function prepare(step: WaterfallStepContext, slots: Slot[]): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    if (!values.mismatch) return finish(step, 'left');
    values.caseKind = WAYS[values.mismatch].caseKind;
    values.slots = slots;
    await say(step.context, 'identity-mismatch.documents', { count: slots.length });
    return step.next(undefined);
  }

  function toPerson(step: WaterfallStepContext): Promise<DialogTurnResult> {
    return goTo(step, 'handoff', { reason: `identity-${valuesOf(step).mismatch}` });
  }

  async function comeBack(step: WaterfallStepContext): Promise<DialogTurnResult> {
    await say(step.context, 'identity-mismatch.comeBack');
    return finish(step, 'left');
  }

  return new TopicDialog(
    'identity-mismatch',
    2,
    [findKind, explain, chooseWay, ...caseSteps(services)],
    [way(), new CollectDocuments(services)],
  );
}
