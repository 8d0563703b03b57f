import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { type Answer, ask, finish, goTo, menuPath, saidIn, say, TopicDialog, turnOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { bankReading, isBeingLed, isStory, type Reading } from './readings.ts';

interface FraudValues {
  /** Set when a customer's message opened the topic. */
  intent?: Intent;
  /** The words with which it began. */
  opening?: string | undefined;
  /** First aid has been given; only how the bank stands is asked. */
  again?: boolean;
  /** The customer has been sent to the bank once and is not sent a second time. */
  sent?: boolean;
}

const REASON = { reason: 'fraud_report' satisfies Intent };

function valuesOf(step: WaterfallStepContext): FraudValues {
  return step.values as FraudValues;
}

/** 盗刷、被骗: the bank, the police, what proves it, then a person; nothing else is talked about before. */
export function fraud(services: Services): TopicDialog {
  async function firstAid(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { again, intent } = valuesOf(step);
    if (intent) valuesOf(step).opening = turnOf(step.context).understanding?.text;
    if (!again) {
      if (intent && isBeingLed(saidIn(step))) await say(step.context, 'fraud.hangUp');
      await say(step.context, 'fraud.firstAid');
    }
    // Free text: a frightened customer tells what happened and is not asked to choose first.
    return ask(step, {
      kind: 'text',
      verbatim: true,
      key: 'fraud.frozenYet',
      choices: [
        { value: 'frozen', key: 'fraud.frozen' },
        { value: 'busy', key: 'fraud.cannotReach' },
        { value: 'not-yet', key: 'fraud.notCalled' },
      ],
    });
  }

  async function afterBank(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    if (answer.kind !== 'text') return finish(step, 'left');
    const { understanding } = turnOf(step.context);
    if (answer.value === undefined && understanding?.decision === 'accept') {
      if (understanding.intent === 'human_agent') return toPerson(step);
    }
    const reading = answer.value ? ({ kind: answer.value } as Reading) : bankReading(saidIn(step));
    switch (reading.kind) {
      case 'frozen':
        await say(step.context, 'fraud.evidence', { path: menuPath(services.settings.securityPath) });
        return toPerson(step, answer.text);
      case 'told':
        return toPerson(step, answer.text);
      case 'false-alarm':
        await say(step.context, 'fraud.falseAlarm');
        return finish(step, 'solved');
      case 'left':
        await say(step.context, 'fraud.left');
        return finish(step, 'left');
      case 'asks':
        return askAgain(step, reading.answer);
      case 'busy':
        return sendToBank(step, 'fraud.bankBusy');
      case 'not-yet':
        return sendToBank(step, 'fraud.callNow');
      case 'unclear':
        return askAgain(step, 'fraud.unclear');
    }
  }

  function carried(step: WaterfallStepContext): Partial<FraudValues> {
    const { opening, sent = false } = valuesOf(step);
    return { opening, sent };
  }

  async function askAgain(step: WaterfallStepContext, line: TextKey): Promise<DialogTurnResult> {
    await say(step.context, line);
    return goTo(step, 'fraud', { again: true, ...carried(step) });
  }

  async function sendToBank(step: WaterfallStepContext, line: TextKey): Promise<DialogTurnResult> {
    await say(step.context, line);
    return valuesOf(step).sent
      ? toPerson(step)
      : goTo(step, 'fraud', { again: true, ...carried(step), sent: true });
  }

  async function toPerson(step: WaterfallStepContext, said = ''): Promise<DialogTurnResult> {
    const { locale } = turnOf(step.context);
    const desk = await services.handoffs.desk({ ...REASON, locale });
    if (desk.kind === 'closed') await say(step.context, 'fraud.doNotWait');
    // What has been told once is not asked for again.
    const { opening: told } = valuesOf(step);
    return goTo(step, 'handoff', { ...REASON, told, ...(isStory(said) && { message: said }) });
  }

  return new TopicDialog('fraud', 2, [firstAid, afterBank]);
}
