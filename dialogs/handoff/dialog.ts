import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Case } from '../../src/domain/case.ts';
import { deskState } from '../../src/domain/opening-hours.ts';
import { FIRST_AID_ASKED } from '../fraud/readings.ts';
import { whenOf } from '../kit/format.ts';
import {
  type Answer,
  asides,
  ask,
  finish,
  ownerOf,
  type Slots,
  saidIn,
  say,
  TopicDialog,
  turnOf,
  undecidedCase,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { wantsOut, wishWhileWaiting } from './readings.ts';

interface HandoffValues {
  /** Intent or finding that led here; staff see it beside the message. */
  reason?: string;
  /** What the customer said when it all began, for staff. */
  told?: string;
  /** What the customer has told already, to be registered without asking. */
  message?: string;
  open?: Case;
  deskOpen: boolean;
}

function valuesOf(step: WaterfallStepContext): HandoffValues {
  return step.values as unknown as HandoffValues;
}

/** 转人工: hours first, then the customer's own words, then a place in the queue or a message left. */
export function handoff(services: Services): TopicDialog {
  function askMessage(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { message, reason } = valuesOf(step);
    const isFraud = reason === 'fraud_report';
    if (message) return step.next({ kind: 'text', text: message } satisfies Answer);
    return ask(step, {
      kind: 'text',
      verbatim: true,
      key: isFraud ? 'handoff.askFraud' : 'handoff.askMessage',
      choices: [{ value: 'changed-mind', key: 'handoff.changedMind' }],
      ...(isFraud && { asides: asides(FIRST_AID_ASKED) }),
    });
  }

  async function hours(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const waiting = await undecidedCase(services, step, 'handoff');
    if (waiting) return askForMore(step, waiting);
    const desk = deskState(services.settings.openingHours, services.clock.now());
    values.deskOpen = desk.kind === 'open';
    const left = values.deskOpen ? undefined : await undecidedCase(services, step, 'message');
    if (left) return askForMore(step, left);
    if (desk.kind === 'open') await say(step.context, 'handoff.open');
    else if (desk.opensAt)
      await say(step.context, 'handoff.closed', { opensAt: whenOf(services, desk.opensAt) });
    else await say(step.context, 'handoff.closedUnknown');
    return askMessage(step);
  }

  async function askForMore(step: WaterfallStepContext, waiting: Case): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    values.open = waiting;
    if (values.message) return step.next({ kind: 'text', text: values.message } satisfies Answer);
    const number = waiting.number ?? '';
    const askIt = (key: TextKey, slots: Slots) =>
      ask(step, {
        kind: 'text',
        verbatim: true,
        key,
        slots,
        choices: [
          { value: 'changed-mind', key: 'handoff.keepWaiting' },
          { value: 'leave', key: 'handoff.leave' },
        ],
      });
    if (waiting.kind === 'message') return askIt('handoff.alreadyLeft', { number });
    const ahead = (await services.cases.queuePosition(waiting.id)) - 1;
    return askIt(ahead > 0 ? 'handoff.already' : 'handoff.alreadyNext', { number, ahead });
  }

  async function addToOpen(
    step: WaterfallStepContext,
    open: Case,
    answer: Answer & { kind: 'text' },
  ): Promise<DialogTurnResult> {
    switch (answer.value ?? wishWhileWaiting(saidIn(step))) {
      case 'leave':
        await services.cases.withdraw(open.id);
        await say(step.context, 'handoff.left', { number: open.number ?? '' });
        return finish(step, 'left');
      case 'changed-mind':
        await say(step.context, 'handoff.waiting');
        return finish(step, 'person');
      default:
        await services.cases.describe(open.id, [open.note, answer.text].filter(Boolean).join('\n'));
        await say(step.context, 'handoff.added');
        return finish(step, 'person');
    }
  }

  async function register(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { open, reason, told, deskOpen } = valuesOf(step);
    const answer = step.result as Answer;
    if (answer.kind !== 'text') return finish(step, 'left');
    if (open) return addToOpen(step, open, answer);
    if (answer.value === 'changed-mind' || wantsOut(saidIn(step))) {
      await say(step.context, 'handoff.notRegistered');
      return finish(step, 'left');
    }
    const words = [told, answer.text].filter(Boolean).join('\n');
    const note = reason ? `[${reason}] ${words}` : words;
    const draft = await services.cases.draft(
      { ...ownerOf(step), kind: deskOpen ? 'handoff' : 'message', requiredSlots: [], note },
      `${turnOf(step.context).idempotencyKey}:handoff`,
    );
    await announce(step, await services.cases.submit(draft.id), deskOpen);
    return finish(step, 'person');
  }

  async function announce(step: WaterfallStepContext, made: Case, deskOpen: boolean): Promise<void> {
    const number = made.number ?? '';
    const data = { data: { caseId: number } };
    if (!deskOpen) {
      await say(step.context, 'handoff.messageLeft', { number }, data);
    } else {
      const position = await services.cases.queuePosition(made.id);
      const key = position > 1 ? 'handoff.registered' : 'handoff.registeredNext';
      await say(step.context, key, { number, ahead: position - 1 }, data);
      await step.context.sendActivity({
        type: 'event',
        name: 'handoff.queue',
        value: { position, etaMinutes: null },
      });
    }
    await say(step.context, 'handoff.meanwhile');
  }

  return new TopicDialog('handoff', 3, [hours, register]);
}
