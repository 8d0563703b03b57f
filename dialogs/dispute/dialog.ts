import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Intent } from '../../src/domain/intent.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  ask,
  billOffers,
  CollectDocuments,
  type Ended,
  finish,
  finishReminded,
  type Goto,
  goTo,
  isGoto,
  isReminded,
  menuPath,
  offerReminders,
  type RemindResult,
  remindMe,
  saidIn,
  say,
  sayPlatformDown,
  TopicDialog,
  turnOf,
  undecidedCase,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { plainWords } from '../kit/words.ts';
import { yesNoOf } from '../kit/yes-no.ts';
import { type Charged, findCharged } from './find.ts';
import {
  ASKED,
  questions,
  type Traded,
  WHAT_NEXT,
  WHEN_TRADED,
  type WhatNextOptions,
  type WhenTradedOptions,
} from './questions.ts';
import { registerPlain, WITH_EVIDENCE, withEvidence } from './register.ts';

interface DisputeValues {
  /** Set when a customer's message opened the topic. */
  intent?: Intent;
  opening?: string;
  cardLast4?: string | undefined;
  agreements?: boolean;
  /** As the platform told it. */
  unboundAt?: string;
  note?: string;
  /** Everything up to the charge itself has been talked about. */
  askFactsAgain?: boolean;
  /** Whether a case was made of it. */
  outcome?: Outcome;
}

function valuesOf(step: WaterfallStepContext): DisputeValues {
  return step.values as DisputeValues;
}

/** 解绑后仍扣款: late posting or a new charge, a case with what proves it, and the bank's own way. */
export function dispute(services: Services): TopicDialog {
  async function look(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    if (values.askFactsAgain) return step.next();
    const open = await undecidedCase(services, step, 'dispute');
    if (open) return goTo(step, 'case-status', { caseId: open.id });
    const { customerId, understanding } = turnOf(step.context);
    await say(step.context, 'dispute.sorry');
    const named = understanding?.entities ?? {};
    values.cardLast4 = named.cardLast4;
    if (values.intent) values.opening = understanding?.text ?? '';
    return customerId ? tell(step, await findCharged(services, customerId, named)) : step.next();
  }

  async function tell(step: WaterfallStepContext, charged: Charged): Promise<DialogTurnResult> {
    const { context } = step;
    switch (charged.kind) {
      case 'unavailable':
        await sayPlatformDown(step);
        return step.next();
      case 'unknown':
        if (!charged.anyUnbound) await say(context, 'dispute.noneUnbound');
        return step.next();
      case 'still-bound': {
        const { bank, last4 } = charged.card;
        return ask(step, {
          kind: 'yes-no',
          key: 'dispute.stillBound',
          slots: { bank, last4 },
          yes: 'dispute.findCause',
          no: 'dispute.otherCard',
        });
      }
      case 'unbound':
        await tellUnbound(step, charged);
        return step.next();
    }
  }

  async function tellUnbound(
    step: WaterfallStepContext,
    { card, unboundAt, autoDebits }: Charged & { kind: 'unbound' },
  ): Promise<void> {
    const { context } = step;
    const { bank, last4 } = card;
    Object.assign(step.values, { cardLast4: last4, unboundAt, agreements: autoDebits.length > 0 });
    if (unboundAt) {
      await say(context, 'dispute.unboundAt', { bank, last4, when: whenOf(services, unboundAt) });
    } else await say(context, 'dispute.unbound', { bank, last4 });
    const list = autoDebits.map(({ merchant }) => merchant);
    if (list.length > 0) await say(context, 'dispute.agreements', { merchants: { list } });
  }

  async function when(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const answer = step.result as Answer | undefined;
    if (answer?.kind === 'yes-no' && answer.yes) return goTo(step, 'diagnose');
    if (answer?.kind === 'yes-no') values.cardLast4 = undefined;
    if (values.askFactsAgain) return step.next();
    const { unboundAt } = values;
    return step.beginDialog(WHEN_TRADED, { unboundAt } satisfies WhenTradedOptions);
  }

  async function recognise(step: WaterfallStepContext): Promise<DialogTurnResult> {
    if ((step.result as Traded | undefined) !== 'before') return step.next();
    return ask(step, {
      kind: 'yes-no',
      key: 'dispute.late',
      yes: 'dispute.recognised',
      no: 'dispute.notRecognised',
    });
  }

  async function facts(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer | undefined;
    const { askFactsAgain, cardLast4, unboundAt } = valuesOf(step);
    if (answer?.kind === 'yes-no' && answer.yes) {
      await say(step.context, 'dispute.lateEnd');
      valuesOf(step).outcome = 'solved';
      return offerReminders(step, billOffers(services, unboundAt));
    }
    if (!askFactsAgain) {
      const path = menuPath(services.settings.paymentSettingsPath);
      await say(step.context, 'dispute.reasons', { path });
    }
    if (!turnOf(step.context).customerId) {
      await say(step.context, 'dispute.bankWay');
      return ask(step, {
        kind: 'yes-no',
        key: 'dispute.signInFirst',
        yes: 'common.toHuman',
        no: 'common.notNow',
      });
    }
    return ask(step, {
      kind: 'text',
      verbatim: true,
      key: cardLast4 ? 'dispute.askFacts' : 'dispute.askFactsAndCard',
      asides: ASKED,
      choices: [{ value: 'unknown', key: 'dispute.cannotTell' }],
    });
  }

  async function offer(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const answer = step.result as Answer | RemindResult;
    if (isReminded(answer)) return end(step, answer);
    const { understanding } = turnOf(step.context);
    const wantsPerson = understanding?.decision === 'accept' && understanding.intent === 'human_agent';
    if (answer.kind === 'yes-no' ? answer.yes : wantsPerson)
      return goTo(step, 'handoff', { reason: 'charged_after_unbind' });
    if (answer.kind !== 'text') return leave(step);
    if (answer.value === undefined) {
      if (yesNoOf(saidIn(step)) === false) return leave(step);
      if (plainWords(answer.text).length < 2 || yesNoOf(saidIn(step))) {
        const { opening, cardLast4, agreements } = values;
        return goTo(step, 'dispute', { opening, cardLast4, agreements, askFactsAgain: true });
      }
      values.cardLast4 ??= understanding?.entities.cardLast4;
    }
    values.note = [values.opening, answer.value ? undefined : answer.text].filter(Boolean).join('\n');
    return ask(step, {
      kind: 'choice',
      key: 'dispute.offer',
      asides: ASKED,
      choices: [
        { value: 'upload', key: 'dispute.uploadAndRegister' },
        { value: 'plain', key: 'dispute.registerPlain' },
        { value: 'no', key: 'dispute.doNotRegister' },
      ],
    });
  }

  async function register(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const { note = '', cardLast4 } = valuesOf(step);
    const value = answer.kind === 'choice' ? answer.value : 'no';
    if (value === 'upload') return step.beginDialog(WITH_EVIDENCE, { note, cardLast4 });
    if (value === 'no') return leave(step);
    await registerPlain(services, step, { note, cardLast4 });
    return step.next({ outcome: 'case' } satisfies Ended);
  }

  async function leave(step: WaterfallStepContext): Promise<DialogTurnResult> {
    if (turnOf(step.context).customerId) await say(step.context, 'dispute.bankWay');
    await say(step.context, 'dispute.comeBack');
    return finish(step, 'left');
  }

  async function bankWay(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const result = step.result as Ended | Goto;
    if (isGoto(result)) return step.endDialog(result);
    values.outcome = result.outcome;
    await say(step.context, 'dispute.bankWay');
    const { agreements = false } = values;
    return step.beginDialog(WHAT_NEXT, { agreements } satisfies WhatNextOptions);
  }

  /** With a case or without one, a reminder is only beside it. */
  function end(step: WaterfallStepContext, reminded: RemindResult): Promise<DialogTurnResult> {
    const { outcome = 'case' } = valuesOf(step);
    return outcome === 'case' ? finish(step, outcome) : finishReminded(step, reminded, outcome);
  }

  function conclude(step: WaterfallStepContext): Promise<DialogTurnResult> {
    if (isGoto(step.result)) return step.endDialog(step.result);
    return offerReminders(step, billOffers(services, valuesOf(step).unboundAt));
  }

  return new TopicDialog(
    'dispute',
    2,
    [
      look,
      when,
      recognise,
      facts,
      offer,
      register,
      bankWay,
      conclude,
      (step) => end(step, step.result as RemindResult),
    ],
    [...questions(services), withEvidence(services), new CollectDocuments(services), remindMe(services)],
  );
}
