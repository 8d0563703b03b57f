import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import { rankBlockers } from '../../src/domain/blocker.ts';
import type { Blocker, Card } from '../../src/domain/platform.ts';
import {
  type Answer,
  ask,
  type Choice,
  finish,
  goTo,
  notesOf,
  say,
  sayPlatformDown,
  TopicDialog,
  type TopicId,
  turnOf,
  wordsOf,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { topicOfBlocker } from './blockers.ts';

interface DiagnoseValues {
  cards: Card[];
}

const SYMPTOMS: (Choice & { value: TopicId | 'none' })[] = [
  { value: 'risk-lock', key: 'diagnose.symptomRisk' },
  { value: 'identity-mismatch', key: 'diagnose.symptomIdentity' },
  { value: 'card-status', key: 'diagnose.symptomCard' },
  { value: 'balance', key: 'diagnose.symptomBalance' },
  { value: 'verification', key: 'diagnose.symptomVerification' },
  { value: 'maintenance', key: 'diagnose.symptomNoResponse' },
  { value: 'none', key: 'common.noneOfThese' },
];

/** The one question that tells the causes apart best, when the platform cannot tell. */
function askSymptom(step: WaterfallStepContext): Promise<DialogTurnResult> {
  return ask(step, { kind: 'choice', key: 'diagnose.symptom', choices: SYMPTOMS });
}

function namedCard(step: WaterfallStepContext, cards: Card[]): Card | undefined {
  const { cardLast4, bank } = turnOf(step.context).understanding?.entities ?? {};
  const fitting = cards.filter((card) =>
    cardLast4 ? card.last4 === cardLast4 : bank !== undefined && card.bank === bank,
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** 诊断: why unbinding fails, from what the platform says or else from one question. */
export function diagnose(services: Services): TopicDialog {
  async function chooseCard(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { customerId } = turnOf(step.context);
    if (!customerId) {
      await say(step.context, 'diagnose.anonymous');
      return askSymptom(step);
    }
    const found = await services.platform.cards(customerId);
    if (found.kind !== 'found') {
      if (found.kind === 'unavailable') await sayPlatformDown(step);
      else await say(step.context, 'diagnose.noAccount');
      return askSymptom(step);
    }
    const cards = found.value.filter((card) => card.type === 'credit' && card.status !== 'unbound');
    (step.values as unknown as DiagnoseValues).cards = cards;
    if (cards.length === 0) {
      await say(step.context, 'diagnose.noCard');
      return finish(step, 'solved');
    }
    const only = cards.length === 1 ? cards[0] : namedCard(step, cards);
    if (only) return step.next({ kind: 'choice', value: `card:${only.id}` });
    return ask(step, {
      kind: 'choice',
      key: 'diagnose.whichCard',
      choices: cards.map(({ id, bank, last4 }) => ({
        value: `card:${id}`,
        key: 'diagnose.card',
        slots: { bank, last4 },
      })),
    });
  }

  async function findBlockers(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    if (answer.kind !== 'choice') return finish(step, 'left');
    if (!answer.value.startsWith('card:')) return followSymptom(step, answer.value);
    const { customerId } = turnOf(step.context);
    const { cards } = step.values as unknown as DiagnoseValues;
    const card = cards.find((one) => `card:${one.id}` === answer.value);
    if (!customerId || !card) return finish(step, 'left');
    if (card.status === 'unbinding') {
      await say(step.context, 'diagnose.unbinding', { bank: card.bank, last4: card.last4 });
      return goTo(step, 'progress', { cardId: card.id });
    }
    const found = await services.platform.eligibility(customerId, card.id);
    if (found.kind !== 'found') {
      if (found.kind === 'unavailable') await sayPlatformDown(step);
      else await say(step.context, 'diagnose.noAccount');
      return askSymptom(step);
    }
    const { bank, last4 } = card;
    const blockers = rankBlockers(found.value.blockers);
    if (found.value.eligible && blockers.length === 0) {
      await say(step.context, 'diagnose.nothingInTheWay', { bank, last4 });
      return goTo(step, 'unbind-guide', { cardLast4: last4, autoDebits: found.value.autoDebits });
    }
    return tellBlockers(step, card, blockers);
  }

  async function tellBlockers(
    step: WaterfallStepContext,
    card: Card,
    blockers: Blocker[],
  ): Promise<DialogTurnResult> {
    const [first] = blockers;
    notesOf(step.context).causes.push(...blockers.map(({ code }) => code));
    const { bank, last4 } = card;
    if (!first) {
      await say(step.context, 'diagnose.unknownBlocker', { bank, last4 });
      return goTo(step, 'handoff', { reason: 'unknown-blocker' });
    }
    const names = blockers.map((blocker) =>
      wordsOf(step.context, { key: `diagnose.blocker-${blocker.code}` }),
    );
    if (names.length === 1)
      await say(step.context, 'diagnose.oneBlocker', { bank, last4, blocker: names[0] ?? '' });
    else
      await say(step.context, 'diagnose.severalBlockers', {
        bank,
        last4,
        count: names.length,
        plan: names.join(' → '),
      });
    const { topic, options } = topicOfBlocker(first);
    return goTo(step, topic, {
      ...options,
      blocker: first,
      cardId: card.id,
      cardLast4: last4,
      others: names.slice(1),
      diagnosed: true,
    });
  }

  async function followSymptom(step: WaterfallStepContext, value: string): Promise<DialogTurnResult> {
    if (value === 'none') return goTo(step, 'handoff', { reason: 'unknown-cause' });
    return goTo(step, value as TopicId);
  }

  async function afterQuestion(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    return answer.kind === 'choice' ? followSymptom(step, answer.value) : finish(step, 'left');
  }

  return new TopicDialog('diagnose', 1, [chooseCard, findBlockers, afterQuestion]);
}
