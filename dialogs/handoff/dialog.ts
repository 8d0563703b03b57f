import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { Case } from '../../src/domain/case.ts';
import { deskState } from '../../src/domain/opening-hours.ts';
import { whenOf } from '../kit/format.ts';
import { type Answer, ask, ownerOf, say, TopicDialog, turnOf, undecidedCase } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

interface HandoffValues {
  /** Intent or finding that led here; staff see it beside the message. */
  reason?: string;
  open?: Case;
  deskOpen: boolean;
}

/** 转人工: hours first, then the customer's own words, then a place in the queue or a message left. */
export function handoff(services: Services): TopicDialog {
  const askMessage = (step: WaterfallStepContext) =>
    ask(step, {
      kind: 'text',
      verbatim: true,
      key: 'handoff.askMessage',
      choices: [{ value: 'changed-mind', key: 'handoff.changedMind' }],
    });

  async function hours(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as HandoffValues;
    const waiting = await undecidedCase(services, step, 'handoff');
    if (waiting) return askForMore(step, waiting);
    const desk = deskState(services.settings.openingHours, services.clock.now());
    values.deskOpen = desk.kind === 'open';
    if (desk.kind === 'open') await say(step.context, 'handoff.open');
    else if (desk.opensAt)
      await say(step.context, 'handoff.closed', { opensAt: whenOf(step.context, services, desk.opensAt) });
    else await say(step.context, 'handoff.closedUnknown');
    return askMessage(step);
  }

  async function askForMore(step: WaterfallStepContext, waiting: Case): Promise<DialogTurnResult> {
    (step.values as unknown as HandoffValues).open = waiting;
    const ahead = (await services.cases.queuePosition(waiting.id)) - 1;
    return ask(step, {
      kind: 'text',
      verbatim: true,
      key: 'handoff.already',
      slots: { number: waiting.number ?? '', ahead },
      choices: [{ value: 'changed-mind', key: 'handoff.keepWaiting' }],
    });
  }

  async function register(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as HandoffValues;
    const answer = step.result as Answer;
    if (answer.kind !== 'text') return step.endDialog();
    if (answer.value === 'changed-mind') {
      if (!values.open) await say(step.context, 'handoff.notRegistered');
      return step.endDialog();
    }
    if (values.open) {
      await services.cases.describe(
        values.open.id,
        [values.open.note, answer.text].filter(Boolean).join('\n'),
      );
      await say(step.context, 'handoff.added');
      return step.endDialog();
    }
    const note = values.reason ? `[${values.reason}] ${answer.text}` : answer.text;
    const kind = values.deskOpen ? 'handoff' : 'message';
    const draft = await services.cases.draft(
      { ...ownerOf(step), kind, requiredSlots: [], note },
      `${turnOf(step.context).idempotencyKey}:handoff`,
    );
    await announce(step, await services.cases.submit(draft.id), values.deskOpen);
    return step.endDialog();
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

  return new TopicDialog('handoff', 1, [hours, register]);
}
