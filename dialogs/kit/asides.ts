import type { TurnContext } from 'botbuilder';
import type { TextKey } from '../../locales/index.ts';
import type { Answer, Question } from './question.ts';
import { readAnswer } from './read-answer.ts';
import { saidIn } from './turn.ts';
import { sizeOf } from './words.ts';

/** What people ask before they answer: source of a pattern over the words as `saidIn` gives them, and the reply. */
export type Aside = readonly [pattern: string, reply: TextKey];

/** Writes down what is answered in between, for a question's `asides`. */
export function asides(replies: readonly (readonly [RegExp, TextKey])[]): Aside[] {
  return replies.map(([pattern, reply]) => [pattern.source, reply] as const);
}

/** Read from other words than an offered choice or a plain yes or no; a question aside may be meant. */
function isLoose(answer: Answer | undefined): boolean {
  if (answer?.kind === 'choice') return answer.said !== undefined;
  return (
    answer === undefined || answer.kind.startsWith('upload-') || (answer.kind === 'text' && !answer.value)
  );
}

/** Where free words are asked for, longer ones and any with a date or an amount tell something. */
const A_QUESTION = 16;

/** The reply to what the customer asks beside the open question; undefined when the words are about the question. */
export function asideReply(context: TurnContext, question: Question): TextKey | undefined {
  if (!question.asides || context.activity.type !== 'message') return undefined;
  const said = saidIn({ context });
  if (question.kind === 'text' && (sizeOf(said) > A_QUESTION || /\d/.test(said))) return undefined;
  const reply = question.asides.find(([pattern]) => new RegExp(pattern, 'u').test(said))?.[1];
  return reply && isLoose(readAnswer(context, question)) ? reply : undefined;
}
