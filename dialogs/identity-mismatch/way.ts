import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Answer, ask, type Choice, say } from '../kit/index.ts';
import { CERTIFICATE, FOR_OTHERS, HOLDER, type Mismatch, WAYS } from './kinds.ts';

export const WAY = 'way';

/** `known`: whose account it is; documents are taken from nobody else. */
export interface WayOptions {
  mismatch: Mismatch;
  known: boolean;
  /** No certificate can be had: what may serve instead has been told. */
  instead?: boolean;
  /** Asked instead of the usual question, after something in between was answered. */
  again?: boolean;
}

/** How the customer wants to go on: `review` with the usual documents, `evidence` with others. */
export type WayResult = 'review' | 'evidence' | 'wrong' | 'corrected' | 'holder-cannot' | 'human' | 'later';

const ANONYMOUS_WAYS: Choice[] = [
  { value: 'human', key: 'common.toHuman' },
  { value: 'later', key: 'common.notNow' },
  { value: 'wrong', key: 'identity-mismatch.notThis' },
];

const INSTEAD_OF_CERTIFICATE: Choice[] = [
  { value: 'evidence', key: 'identity-mismatch.evidenceReady' },
  { value: 'later', key: 'identity-mismatch.askBankFirst' },
  { value: 'human', key: 'identity-mismatch.nothingAtHand' },
];

interface Asked {
  key: TextKey;
  again?: TextKey;
  retry: TextKey;
  choices: Choice[];
}

function questionFor({ mismatch, known, instead, again }: WayOptions): Asked {
  if (!known) {
    const key = again ? 'identity-mismatch.signInAgain' : 'identity-mismatch.signInFirst';
    return {
      key,
      again: 'identity-mismatch.signInAgain',
      retry: 'identity-mismatch.signInAgain',
      choices: ANONYMOUS_WAYS,
    };
  }
  if (instead) {
    const key = 'identity-mismatch.alternativesNext';
    return { key, retry: key, choices: INSTEAD_OF_CERTIFICATE };
  }
  const { question, retry, choices } = WAYS[mismatch];
  return { key: question, retry, choices };
}

async function askWay(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const options = step.options as WayOptions;
  const spoken = options.mismatch === 'card-closed' ? CERTIFICATE : HOLDER;
  return ask(step, { kind: 'choice', ...questionFor(options), spoken, asides: FOR_OTHERS });
}

async function readWay(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const options = step.options as WayOptions;
  const answer = step.result as Answer;
  const value = answer.kind === 'choice' ? answer.value : 'later';
  const again = (more: Partial<WayOptions>) =>
    step.replaceDialog(WAY, { ...options, again: true, ...more } satisfies WayOptions);
  if (value === 'no-certificate') {
    await say(step.context, 'identity-mismatch.alternativesTold');
    return again({ instead: true });
  }
  const given = options.instead && value === 'review' ? 'evidence' : value;
  // Documents of somebody who is not known by now cannot be taken.
  if (!options.known && (given === 'review' || given === 'evidence')) return again({});
  return step.endDialog(given as WayResult);
}

/** 怎么办方便: asks until the customer has chosen, and answers what comes up meanwhile; ends with `WayResult`. */
export function way(): WaterfallDialog {
  return new WaterfallDialog(WAY, [askWay, readWay]);
}
