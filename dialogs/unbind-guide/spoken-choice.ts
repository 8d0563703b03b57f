import { type DialogTurnResult, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { Slots, TextKey } from '../../locales/index.ts';
import { type Answer, ask, type Choice, type Goto } from '../kit/index.ts';

/** What is asked; it is stored in the dialog state, so it is plain data. */
export interface SpokenQuestion {
  key: TextKey;
  slots?: Slots;
  choices: Choice[];
  /** Said when the answer was not understood, until it is. */
  retry: TextKey;
  misses?: number;
}

/** `value` is one of the choices, or another one that only `read` knows. */
export type SpokenAnswer = { kind: 'choice'; value: string } | Goto;

/**
 * A choice that is also read from how people answer in passing (「没了」, 「明天再来」), where words like
 * 没 mean something else than no. Begins with a `SpokenQuestion`, ends with a `SpokenAnswer`.
 */
export function spokenChoice(id: string, read: (text: string) => string | undefined): WaterfallDialog {
  async function question(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const { key, slots, choices, retry, misses = 0 } = step.options as SpokenQuestion;
    const person: Choice[] = misses > 1 ? [{ value: 'person', key: 'common.toHuman' }] : [];
    return ask(step, {
      kind: 'text',
      key: misses > 0 ? retry : key,
      ...(slots && { slots }),
      choices: [...choices, ...person],
    });
  }

  async function answer(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const options = step.options as SpokenQuestion;
    const said = step.result as Answer;
    const value = said.kind === 'text' ? (said.value ?? read(said.text)) : undefined;
    if (value === undefined) return step.replaceDialog(id, { ...options, misses: (options.misses ?? 0) + 1 });
    if (value === 'person') return step.endDialog({ goto: 'handoff' } satisfies SpokenAnswer);
    return step.endDialog({ kind: 'choice', value } satisfies SpokenAnswer);
  }

  return new WaterfallDialog(id, [question, answer]);
}
