import type { DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import type { Intent } from '../../src/domain/intent.ts';
import {
  type Answer,
  asides,
  ask,
  type Choice,
  finish,
  goTo,
  menuPath,
  saidIn,
  say,
  spoken,
  TopicDialog,
  turnOf,
  undecidedCase,
} from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { yesNoOf } from '../kit/yes-no.ts';
import { registerSteps } from './register.ts';
import { type BankStatus, LABELS, saysReported, statusIn } from './status.ts';

interface CardStatusValues {
  status?: BankStatus | undefined;
  cardLast4?: string | undefined;
  /** Set when a customer's message opened the topic: its words may tell the status. */
  intent?: Intent;
  /** The platform itself reported the status. */
  diagnosed?: boolean;
  /** Everything has been said; only the offer is made again. */
  offerAgain?: boolean;
}

const STATUSES: Choice[] = [
  ...(Object.keys(LABELS) as BankStatus[]).map((value) => ({ value, key: LABELS[value] })),
  { value: 'other', key: 'common.noneOfThese' },
];

const EXPLANATIONS: Record<Exclude<BankStatus, 'closed'>, TextKey> = {
  lost: 'card-status.explainLost',
  frozen: 'card-status.explainFrozen',
  expired: 'card-status.explainExpired',
};

function valuesOf(step: WaterfallStepContext): CardStatusValues {
  return step.values as unknown as CardStatusValues;
}

/** 「没有不认识的扣款」 holds the label of the other answer, so denials are read first. */
const CHARGES = spoken(
  [
    [
      /(?:没有?|未)(?:什么|啥|看到|发现|见到)?.{0,4}(?:不认识|陌生|异常|扣款|消费)|都(?:认识|是我)|nothing (?:strange|unusual|odd)|no (?:strange|unknown)|all mine/u,
      'no',
    ],
    [
      /(?:不认识|陌生|不是我|没刷过).{0,6}(?:扣|消费|刷|交易|钱)?|dont (?:know|recogni[sz]e)|strange|unknown|(?:wasnt|not) me/u,
      'yes',
    ],
  ],
  { yes: 'yes', no: 'no' },
);

const ASIDES = asides([
  [/解挂|解(?:除|掉)挂失|取消挂失|cancel the (?:lost )?report/u, 'card-status.asideUnreport'],
  [/(?:会不会|还会|能不能|会被|能被|还能).{0,4}(?:盗)?刷/u, 'card-status.asideUsed'],
  [
    /卡号.{0,2}(?:变|换)|新卡号|换了?新卡|补了?.{0,2}新卡|旧的?.{0,3}还(?:挂|在|绑)着/u,
    'card-status.asideNewNumber',
  ],
]);

function saidYes(step: WaterfallStepContext): boolean | undefined {
  const answer = step.result as Answer | undefined;
  if (answer?.kind === 'choice') return answer.value === 'yes';
  return answer?.kind === 'yes-no' ? answer.yes : undefined;
}

/** 卡片状态异常: stop the loss first, then a person; never 「先解挂再来解」. */
export function cardStatus(services: Services): TopicDialog {
  async function findStatus(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    if (values.intent) values.status ??= statusIn(saidIn(step));
    if (values.status) return step.next(undefined);
    return ask(step, { kind: 'choice', key: 'card-status.whichStatus', choices: STATUSES });
  }

  async function reported(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const values = valuesOf(step);
    const answer = step.result as Answer | undefined;
    if (answer?.kind === 'choice') {
      if (answer.value === 'other') return goTo(step, 'handoff', { reason: 'card-status' });
      values.status = answer.value as BankStatus;
    }
    if (values.status === 'closed') {
      return goTo(step, 'identity-mismatch', { mismatch: 'card-closed', cardLast4: values.cardLast4 });
    }
    const { customerId } = turnOf(step.context);
    const open = customerId ? await undecidedCase(services, step, 'card-status') : undefined;
    if (open) return goTo(step, 'case-status', { caseId: open.id });
    if (values.status !== 'lost' || values.offerAgain) return step.next(undefined);
    if (saysReported(saidIn(step))) {
      await say(step.context, 'card-status.alreadyReported');
      return step.next(undefined);
    }
    const [yes, no]: [TextKey, TextKey] = values.diagnosed
      ? ['card-status.byMe', 'card-status.notByMe']
      : ['card-status.isReported', 'card-status.notReported'];
    const key = values.diagnosed ? 'card-status.reportedByYou' : 'card-status.reported';
    return ask(step, { kind: 'yes-no', key, yes, no });
  }

  async function stopLoss(step: WaterfallStepContext): Promise<DialogTurnResult> {
    if (saidYes(step) !== false) return step.next(undefined);
    const key = valuesOf(step).diagnosed ? 'card-status.askBankWho' : 'card-status.reportFirst';
    return ask(step, { kind: 'yes-no', key, yes: 'card-status.reportDone', no: 'card-status.reportLater' });
  }

  async function strangeCharges(step: WaterfallStepContext): Promise<DialogTurnResult> {
    if (saidYes(step) === false) {
      await say(step.context, 'card-status.bankFirst');
      return finish(step, 'left');
    }
    const { status, offerAgain } = valuesOf(step);
    if (status === 'expired' || offerAgain) return step.next(undefined);
    return ask(step, {
      kind: 'choice',
      key: 'card-status.strangeCharges',
      choices: [
        { value: 'yes', key: 'card-status.chargesYes' },
        { value: 'no', key: 'card-status.chargesNo' },
      ],
      spoken: CHARGES,
      asides: ASIDES,
    });
  }

  async function explain(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { status, offerAgain } = valuesOf(step);
    if (saidYes(step)) return goTo(step, 'fraud');
    if (!status || status === 'closed') return finish(step, 'left');
    if (offerAgain) await say(step.context, 'common.retry');
    else {
      await say(step.context, EXPLANATIONS[status], { profile: menuPath(services.settings.profilePath) });
      await say(step.context, 'card-status.agreements');
    }
    const anonymous = !turnOf(step.context).customerId;
    // Asked as free text, so that 「不是冻结,是挂失」 is understood as the correction that it is.
    return ask(step, {
      kind: 'text',
      key: anonymous ? 'card-status.signInFirst' : 'card-status.offer',
      choices: [
        { value: 'yes', key: anonymous ? 'common.toHuman' : 'card-status.register' },
        { value: 'no', key: 'card-status.doNotRegister' },
        { value: 'wrong', key: 'card-status.notThis' },
      ],
      asides: ASIDES,
    });
  }

  async function readOffer(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const answer = step.result as Answer;
    const { status, cardLast4 } = valuesOf(step);
    if (answer.kind !== 'text') return finish(step, 'left');
    const yes = yesNoOf(saidIn(step));
    if (answer.value === 'wrong') return goTo(step, 'card-status', { cardLast4 });
    if (answer.value === 'yes' || yes) {
      return turnOf(step.context).customerId
        ? step.next()
        : goTo(step, 'handoff', { reason: `card-${status}` });
    }
    if (answer.value === 'no' || yes === false) {
      await say(step.context, 'card-status.comeBack');
      return finish(step, 'left');
    }
    const corrected = statusIn(saidIn(step));
    if (corrected && corrected !== status) return goTo(step, 'card-status', { status: corrected, cardLast4 });
    return goTo(step, 'card-status', { status, cardLast4, offerAgain: true });
  }

  return new TopicDialog('card-status', 2, [
    findStatus,
    reported,
    stopLoss,
    strangeCharges,
    explain,
    readOffer,
    ...registerSteps(services),
  ]);
}
