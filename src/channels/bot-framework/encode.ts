import { supportsCardActions, supportsSuggestedActions } from 'botbuilder-dialogs';
import type { Activity, Attachment } from 'botframework-schema';
import { type Locale, text as textOf } from '../../../locales/index.ts';
import type { LogEntry } from '../../conversation/store.ts';
import { isMarked } from '../../domain/message-marks.ts';
import { type Block, blocksOf } from '../rendering/blocks.ts';
import { inPieces } from '../rendering/bytes.ts';
import type { Option } from '../rendering/cards.ts';
import { menuId, numbered } from '../rendering/menu.ts';
import { type Outgoing, outgoing, type Packed, pack } from '../rendering/pack.ts';
import { plainLink } from '../rendering/plain-text.ts';

/** What is posted to a channel, besides whom it is for. */
export type AzureMessage = Partial<Activity> & { type: 'message' };

export interface EncodeOptions {
  /** As Azure calls it: `msteams`, `telegram`, … */
  channelId: string;
  locale: Locale;
  now: Date;
  /** Where customers link their account with the app. */
  signInUrl?: string | undefined;
}

/** Of channels that only take text; the shortest of them. */
const TEXT_BYTES = 2000;
/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages */
const TEAMS_SUGGESTIONS = 6;

/** Plain: in markdown, the stars of a masked number would be marks. */
export const textMessage = (text: string): AzureMessage => ({ type: 'message', text, textFormat: 'plain' });

const hasCards = (channelId: string) => supportsCardActions(channelId, 1);
const isCard = ({ contentType }: Attachment) => contentType.startsWith('application/vnd.microsoft.card.');
const isPicture = ({ contentType, contentUrl = '' }: Attachment) =>
  contentType.startsWith('image/') && /^https?:/.test(contentUrl);

type Choices = { options: Option[]; seq: number };

function withSuggestions(message: AzureMessage, { options }: Choices): AzureMessage {
  const actions = options.map(({ label, says }) => ({ type: 'imBack', title: label, value: says }));
  return { ...message, suggestedActions: { to: [], actions } };
}

/** On Teams, a tap tells which card it was on: buttons stay, and what an old one says may not be meant any more. */
function withButtons(message: AzureMessage, { options, seq }: Choices, channelId: string): AzureMessage {
  const buttons = options.map(({ label, says }, at) =>
    channelId === 'msteams'
      ? {
          type: 'messageBack',
          title: label,
          displayText: label,
          text: says,
          value: { menu: menuId(seq, at + 1) },
        }
      : { type: 'imBack', title: label, value: says },
  );
  const card = { contentType: 'application/vnd.microsoft.card.hero', content: { buttons } };
  return { ...message, attachments: [...(message.attachments ?? []), card] };
}

function list(options: readonly Option[], locale: Locale): string {
  return `${textOf(locale, 'channels.chooseByNumber')}\n${numbered(options)}`;
}

const joined = (...texts: (string | undefined)[]) => texts.filter(Boolean).join('\n\n');

/** Choices as the channel knows them; by number where it knows none, or not so many. */
function withChoices(message: AzureMessage, choices: Choices, options: EncodeOptions): AzureMessage {
  const { channelId, locale } = options;
  const count = choices.options.length;
  const isTeams = channelId === 'msteams';
  if (isTeams ? count <= TEAMS_SUGGESTIONS : supportsSuggestedActions(channelId, count))
    return withSuggestions(message, choices);
  if (supportsCardActions(channelId, count)) return withButtons(message, choices, channelId);
  return { ...message, text: joined(message.text, list(choices.options, locale)) };
}

function wordsOf(blocks: readonly Block[]): string {
  return joined(
    ...blocks.map((block) => {
      if (block.kind === 'text') return block.text;
      if (block.kind === 'link') return plainLink(block.title, block.url);
      if (block.kind === 'choices' || block.kind === 'desk-file') return undefined;
      return plainLink(block.name || block.url, block.url);
    }),
  );
}

/** Where there are cards: cards and pictures go as they are, the rest in words, choices as buttons. */
function richMessages(entry: LogEntry, options: EncodeOptions): Outgoing<AzureMessage>[] {
  const { activity, seq } = entry;
  const attachments = (activity.attachments ?? []).filter((it) => isCard(it) || isPicture(it));
  const others = (activity.attachments ?? []).filter((it) => !attachments.includes(it));
  const rest: LogEntry = { ...entry, activity: { ...activity, attachments: others } };
  const blocks = blocksOf(rest, { ...options, link: plainLink });
  const text = wordsOf(blocks);
  const choices = blocks.flatMap((block) => (block.kind === 'choices' ? block.options : []));
  const isShown = activity.type === 'message' && attachments.length > 0;
  const files = blocks.flatMap((it): Outgoing<AzureMessage>[] =>
    it.kind === 'desk-file' ? [{ seq, body: { kind: 'desk-file', file: it } }] : [],
  );
  if (!text && choices.length === 0 && !isShown) return files;
  const { speak, inputHint, attachmentLayout } = activity;
  const message: AzureMessage = {
    ...textMessage(text),
    ...(speak && { speak }),
    ...(inputHint && { inputHint }),
    ...(isShown && { attachments, ...(attachmentLayout && { attachmentLayout }) }),
  };
  const whole = choices.length > 0 ? withChoices(message, { options: choices, seq }, options) : message;
  return [{ seq, body: { kind: 'message', message: whole } }, ...files];
}

function plainMessages(
  part: Exclude<Packed, { kind: 'desk-file' }>,
  { locale }: EncodeOptions,
): AzureMessage[] {
  switch (part.kind) {
    case 'text':
      return inPieces(part.text, TEXT_BYTES).map(textMessage);
    case 'choices':
      return inPieces(joined(part.lead, list(part.options, locale)), TEXT_BYTES).map(textMessage);
    case 'link':
      return [textMessage(joined(plainLink(part.title, part.url), part.description))];
    default:
      return [textMessage(plainLink(part.name || part.url, part.url))];
  }
}

/** Entries of the log as activities for one channel, in order: as rich as it shows them. */
export function encode(entries: readonly LogEntry[], options: EncodeOptions): Outgoing<AzureMessage>[] {
  const parts = pack(entries, { ...options, link: plainLink }, TEXT_BYTES);
  const asText = (part: Packed): Outgoing<AzureMessage>[] =>
    part.kind === 'desk-file'
      ? [outgoing(part, { kind: 'desk-file', file: part })]
      : plainMessages(part, options).map((message) => outgoing(part, { kind: 'message', message }));
  if (!hasCards(options.channelId)) return parts.flatMap(asText);
  const isRest = (it: LogEntry) => it.origin === 'customer' || it.origin === 'system' || it.unreadable;
  const rich = entries
    .filter((it) => !isRest(it) && !isMarked(it.activity, 'sent'))
    .flatMap((it) => richMessages(it, options));
  const place = parts.filter((part) => part.kind === 'text' && part.passing);
  return [...rich, ...place.flatMap(asText)];
}
