import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { ENGLISH_DONE, ENGLISH_LATER, ENGLISH_UNKNOWN } from '../kit/english.ts';
import { type Answer, ask, type Line, menuPath, say, spoken } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { KINDS, type Kind, kindsIn, QUESTIONS } from './readings.ts';

export const BY_KIND = 'by-kind';

export interface ByKindOptions {
  /** Already named by the customer. */
  kinds?: Kind[];
  /** What to do about them has been said; only whether it is done is asked. */
  told?: boolean;
  /** Asked instead of the usual question. */
  question?: TextKey;
}

/** `continue`: nothing is left to close. `later`: the customer closes them first. */
export type ByKindResult = { kind: 'continue' } | { kind: 'later' };

const WHICH = spoken(
  [
    ...QUESTIONS,
    [/不知道|不清楚|记不|忘了|怎么知道|哪些|怎么看|怎么查|在哪|how do i (?:know|find|see)/u, 'unknown'],
    [ENGLISH_UNKNOWN, 'unknown'],
    [
      /^(?:没|无|都没|都关|都取消|早关|已经?关|已经?取消|关了|取消了)|^(?:none|nothing)\b|all (?:closed|cancell?ed)/u,
      'none',
    ],
    [
      /会员|订阅|续费|包月|分期|\d+期|水|电|话费|保险|etc|代扣|自动|租|捐|member|subscri|instal|bills?|insur|\brent\b|water|electric|netflix|spotify/iu,
      'named',
    ],
  ],
  { no: 'none' },
);

const HANDLED = spoken(
  [
    [/说错|弄错|不是(?:会员|分期|代扣)|其实|actually|i meant|wrong/u, 'corrected'],
    ...QUESTIONS,
    [/会员|订阅|分期|水电|水费|电费|话费|保险|代扣/u, 'also'],
    [/还有|另外|别的|another|also|one more|something else/u, 'more'],
    [/先去|明天|回头|晚点|晚些|待会|等会|再来|还没|没有|没呢|没/u, 'later'],
    [ENGLISH_LATER, 'later'],
    [/好了|关了|换了|改了|弄完|搞定|完了|取消了/u, 'handled'],
    [ENGLISH_DONE, 'handled'],
  ],
  { yes: 'handled', no: 'later' },
);

function optionsOf(step: WaterfallStepContext): ByKindOptions {
  return step.options as ByKindOptions;
}

function chosen(step: WaterfallStepContext): { value: string; said: string } {
  const answer = step.result as Answer;
  if (answer.kind !== 'choice') return { value: 'none', said: '' };
  return { value: answer.value, said: answer.said ?? '' };
}

/** 会员、分期、代扣: what to do about each kind the customer has, when the platform does not know; ends with `ByKindResult`. */
export function byKind(services: Services): WaterfallDialog {
  async function askKind(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { kinds, question = 'autopay.whichKind' } = optionsOf(step);
    if (kinds) return step.next();
    return ask(step, {
      kind: 'choice',
      key: question,
      choices: [
        ...KINDS.map((kind) => ({ value: kind, key: `autopay.name-${kind}` as const })),
        { value: 'unknown', key: 'autopay.doNotKnow' },
        { value: 'none', key: 'autopay.nothingLeft' },
      ],
      spoken: WHICH,
      retry: 'autopay.whichKindRetry',
    });
  }

  async function advise(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { kinds, told } = optionsOf(step);
    if (!kinds) return readKind(step);
    if (!told) for (const kind of kinds) await say(step.context, `autopay.howTo-${kind}`);
    return ask(step, {
      kind: 'choice',
      key: 'autopay.handled',
      choices: [
        { value: 'handled', key: 'autopay.handledYes' },
        { value: 'later', key: 'autopay.handleFirst' },
        { value: 'more', key: 'autopay.haveMore' },
      ],
      spoken: HANDLED,
      retry: 'autopay.handledRetry',
    });
  }

  async function readKind(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { value, said } = chosen(step);
    const again = (options: ByKindOptions) => step.replaceDialog(BY_KIND, options);
    if (value === 'none') return step.endDialog({ kind: 'continue' } satisfies ByKindResult);
    const kinds = KINDS.filter((kind) => kind === value);
    if (kinds.length > 0) return again({ kinds });
    if (value === 'unknown') {
      await say(step.context, 'autopay.howToFind', {
        path: menuPath(services.settings.paymentSettingsPath),
      });
      return again({ question: 'autopay.foundAny' });
    }
    if (value !== 'named') {
      await say(step.context, value as TextKey);
      return again({ question: 'autopay.foundAny' });
    }
    const named = kindsIn(said);
    return again(named.length > 0 ? { kinds: named } : { kinds: ['membership', 'bills'] });
  }

  async function readHandled(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { kinds = [] } = optionsOf(step);
    const { value, said } = chosen(step);
    const again = (options: ByKindOptions) => step.replaceDialog(BY_KIND, options);
    switch (value) {
      case 'handled':
        return step.endDialog({ kind: 'continue' } satisfies ByKindResult);
      case 'later': {
        const list = kinds.map((kind): Line => ({ key: `autopay.name-${kind}` }));
        await say(step.context, 'autopay.later', { todo: { list } });
        return step.endDialog({ kind: 'later' } satisfies ByKindResult);
      }
      case 'also': {
        const named = kindsIn(said);
        const added = named.filter((kind) => !kinds.includes(kind));
        for (const kind of added) await say(step.context, `autopay.howTo-${kind}`);
        return again({ kinds: [...kinds, ...added], told: true });
      }
      case 'more':
        return again({ question: 'autopay.foundAny' });
      case 'corrected': {
        const instead = kindsIn(said);
        return again(instead.length > 0 ? { kinds: instead } : {});
      }
      default:
        await say(step.context, value as TextKey);
        return again({ kinds, told: true });
    }
  }

  return new WaterfallDialog(BY_KIND, [askKind, advise, readHandled]);
}
