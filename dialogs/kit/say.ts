import type { TurnContext } from 'botbuilder';
import { ActionTypes, type Attachment, InputHints, type SuggestedActions } from 'botframework-schema';
import { type Slots, type TextKey, text } from '../../locales/index.ts';
import { turnOf } from './turn.ts';

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
const NOT_TOPICS = ['common', 'consent', 'direct-line', 'documents', 'intents', 'topics', 'upload'];

function topicOf(key: TextKey): string | null {
  const file = key.slice(0, key.indexOf('.'));
  return NOT_TOPICS.includes(file) ? null : file;
}

/** The words of a line in the customer's language. */
export function wordsOf(context: TurnContext, line: Line): string {
  return text(turnOf(context).locale, line.key, line.slots);
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
