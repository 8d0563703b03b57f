import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import {
  type Answer,
  announceCase,
  ask,
  type Choice,
  finish,
  ownerOf,
  type Step,
  say,
  sayPlatformDown,
  staffWords,
  turnOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { type BankStatus, LABELS } from './status.ts';

interface RegisterValues {
  status?: BankStatus;
  cardLast4?: string | undefined;
}

/** The steps that hand the card to the desk: which card it is, then a case without documents. They end the topic. */
export function registerSteps(services: Services): Step[] {
  async function askCard(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as RegisterValues;
    const { customerId } = turnOf(step.context);
    if (values.cardLast4 || !customerId) return step.next();
    const found = await services.platform.cards(customerId);
    if (found.kind === 'unavailable') await sayPlatformDown(step);
    const cards = found.kind === 'found' ? found.value : [];
    const bound = cards.filter((card) => card.type === 'credit' && card.status !== 'unbound');
    const [only] = bound;
    if (only && bound.length === 1) {
      await say(step.context, 'card-status.thisCard', { bank: only.bank, last4: only.last4 });
      values.cardLast4 = only.last4;
      return step.next();
    }
    const choices: Choice[] = bound.map(({ bank, last4 }) => ({
      value: last4,
      key: 'card-status.card',
      slots: { bank, last4 },
    }));
    choices.push({ value: 'unknown', key: 'card-status.cardUnknown' });
    return ask(step, { kind: 'text', key: 'card-status.whichCard', choices });
  }

  async function register(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = step.values as unknown as RegisterValues;
    const answer = step.result as Answer | undefined;
    let note = staffWords({ key: LABELS[values.status ?? 'lost'] });
    if (answer?.kind === 'text' && answer.value !== 'unknown') {
      values.cardLast4 = answer.value ?? turnOf(step.context).understanding?.entities.cardLast4;
      // What names no four digits (「招行那张旧的」) still tells the desk which card is meant.
      if (!values.cardLast4) note = `${note}:${answer.text}`;
    }
    const { cardLast4 } = values;
    const draft = await services.cases.draft(
      { ...ownerOf(step), kind: 'card-status', requiredSlots: [], note, ...(cardLast4 && { cardLast4 }) },
      `${turnOf(step.context).idempotencyKey}:case`,
    );
    await announceCase(services, step, await services.cases.submit(draft.id));
    return finish(step, 'case');
  }

  return [askCard, register];
}
