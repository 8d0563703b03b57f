import type { TurnContext } from 'botbuilder';
import { ActionTypes, type Attachment, InputHints, type SuggestedActions } from 'botframework-schema';
import { type Locale, REFERENCE_LOCALE, type TextKey, text } from '../../locales/index.ts';
import { formatAmount, formatList, formatWhen } from './format.ts';
import { turnOf } from './turn.ts';

/**
 * Value of a slot. What depends on the language is put into words when it is said: a question may be asked again
 * in another one. All of it is plain data, since questions are stored in the dialog state.
 */
export type SlotValue =
  | string
  | number
  | Line
  | { amountFen: number }
  /** A moment and the one it is seen from, both ISO-8601. */
  | { at: string; now: string }
  | { list: SlotValue[] }
  /** One under the other. */
  | { lines: SlotValue[] };

export type Slots = Record<string, SlotValue>;

/** A text of `locales` with its slots. */
export interface Line {
  key: TextKey;
  slots?: Slots;
}

export interface SayOptions {
  /** Quick replies: tapping one sends its text. */
  choices?: Line[];
  attachments?: Attachment[];
  /** More for `channelData`, such as `caseId`. */
  data?: Record<string, unknown>;
}

/** Files of `locales` that are not topics of conversation. */
const NOT_TOPICS = [
  'common',
  'consent',
  'direct-line',
  'documents',
  'intents',
  'language',
  'topics',
  'upload',
];

function topicOf(key: TextKey): string | null {
  const file = key.slice(0, key.indexOf('.'));
  return NOT_TOPICS.includes(file) ? null : file;
}

function valueIn(locale: Locale, value: SlotValue): string | number {
  if (typeof value !== 'object') return value;
  if ('key' in value) return lineIn(locale, value);
  if ('amountFen' in value) return formatAmount(locale, value.amountFen);
  if ('at' in value) return formatWhen(locale, new Date(value.at), new Date(value.now));
  if ('lines' in value) return value.lines.map((line) => valueIn(locale, line)).join('\n');
  return formatList(
    locale,
    value.list.map((item) => String(valueIn(locale, item))),
  );
}

/** The words of a line in a language. */
export function lineIn(locale: Locale, { key, slots = {} }: Line): string {
  const values = Object.entries(slots).map(([name, value]) => [name, valueIn(locale, value)] as const);
  return text(locale, key, Object.fromEntries(values));
}

/** The words of a line as staff read them in notes. */
export function staffWords(line: Line): string {
  return lineIn(REFERENCE_LOCALE, line);
}

/** The words of a line in the customer's language. */
export function wordsOf(context: TurnContext, line: Line): string {
  return lineIn(turnOf(context).locale, line);
}

function suggestedActions(context: TurnContext, choices: Line[]): SuggestedActions {
  const actions = choices.map((choice) => {
    const words = wordsOf(context, choice);
    return { type: ActionTypes.ImBack, title: words, value: words };
  });
  return { to: [], actions };
}

/** Sends one message; its words come from `locales`, its key and topic travel with it. */
export async function say(
  context: TurnContext,
  key: TextKey,
  slots: Slots = {},
  options: SayOptions = {},
): Promise<void> {
  const { choices = [], attachments, data } = options;
  await context.sendActivity({
    type: 'message',
    text: wordsOf(context, { key, slots }),
    locale: turnOf(context).locale,
    inputHint: choices.length > 0 ? InputHints.ExpectingInput : InputHints.AcceptingInput,
    channelData: { key, topic: topicOf(key), ...data },
    ...(choices.length > 0 && { suggestedActions: suggestedActions(context, choices) }),
    ...(attachments && { attachments }),
  });
}
