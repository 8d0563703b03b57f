import { z } from 'zod';
import { type Locale, REFERENCE_LOCALE, type TextKey, text } from '../../../locales/index.ts';
import type { LogEntry } from '../../conversation/store.ts';
import { UPLOAD_REQUEST_TYPE } from '../../domain/document.ts';
import type { DeskFile } from '../chat-files.ts';
import { adaptiveCard, type Card, type Option, richCard, sortActions } from './cards.ts';
import { plainLink, plainText, type WriteLink } from './plain-text.ts';

/** What an activity comes to in a messaging app, whichever it is. */
export type Block =
  | { kind: 'text'; text: string }
  /** `quick`: answered on the spot, with nothing slow to follow. */
  | { kind: 'choices'; options: Option[]; quick: boolean }
  | { kind: 'link'; title: string; url: string; description: string; picture?: string | undefined }
  | { kind: 'image' | 'file'; url: string; name: string }
  | ({ kind: 'desk-file' } & DeskFile);

export interface RenderOptions {
  locale: Locale;
  /** How the channel writes links in a text. */
  link: WriteLink;
  now: Date;
  /** Where customers link their account with the app. */
  signInUrl?: string | undefined;
}

/** Texts whose choices only end something: a tap on them needs no further answer. */
const QUICK = new Set(['handoff.askRating', 'handoff.askReason']);

/** What is said to whoever is not known, by what is said instead where there is a page to sign in. */
const SIGN_IN: Partial<Record<TextKey, 'signInFirst' | 'signInAgain' | 'signInToSee'>> = {
  'diagnose.anonymous': 'signInToSee',
  'card-status.signInFirst': 'signInFirst',
  'dispute.signInFirst': 'signInFirst',
  'identity-mismatch.signInFirst': 'signInFirst',
  'identity-mismatch.signInAgain': 'signInAgain',
  'risk-lock.signInFirst': 'signInFirst',
  'risk-lock.personAgain': 'signInAgain',
};

const uploadRequest = z.object({ uploadUrl: z.string(), expiresAt: z.iso.datetime() });

/** The page of an upload instead of the address that its form is sent to. */
const pageOf = (uploadUrl: string) => uploadUrl.replace(/\/uploads\/(?=[^/]+$)/, '/upload/');

function uploadBlock(content: unknown, { locale, now }: RenderOptions): Block[] {
  const parsed = uploadRequest.safeParse(content);
  if (!parsed.success) return [];
  const { uploadUrl, expiresAt } = parsed.data;
  const minutes = Math.max(1, Math.round((Date.parse(expiresAt) - now.getTime()) / 60_000));
  const slots = { minutes, url: pageOf(uploadUrl) };
  return [{ kind: 'text', text: text(locale, 'channels.uploadLink', slots) }];
}

function cardBlocks(card: Card | undefined): Block[] {
  if (!card) return [];
  const { options, pictures, links, text: words } = card;
  const [picture] = pictures;
  const [only, ...more] = links;
  // One page to open and a picture: the channel's own kind of card.
  if (picture && only && more.length === 0 && options.length === 0) {
    const [title = '', ...description] = words.split('\n');
    const shown = { title: title || only.title, description: description.join('\n') };
    return [{ kind: 'link', url: only.url, picture: picture.url, ...shown }];
  }
  return [
    ...(words ? [{ kind: 'text', text: words } as const] : []),
    ...pictures.map(({ url, name }) => ({ kind: 'image', url, name }) as const),
    ...links.map((it) => ({ kind: 'link', ...it, description: '' }) as const),
    { kind: 'choices', options, quick: false },
  ];
}

const attachment = z.object({
  contentType: z.string().default(''),
  contentUrl: z.string().optional(),
  name: z.string().default(''),
  content: z.unknown().optional(),
});

function attachmentBlocks(given: unknown, options: RenderOptions): Block[] {
  const parsed = attachment.safeParse(given);
  if (!parsed.success) return [];
  const { contentType, contentUrl, name, content } = parsed.data;
  if (contentType === UPLOAD_REQUEST_TYPE) return uploadBlock(content, options);
  if (contentType === 'application/vnd.microsoft.card.adaptive')
    return cardBlocks(adaptiveCard(content, options.link));
  if (contentType.startsWith('application/vnd.microsoft.card.'))
    return cardBlocks(richCard(content, options));
  // Pictures within the message itself (data:) are nothing that can be told by an address.
  if (!contentUrl || !/^https?:/.test(contentUrl)) return [];
  return [{ kind: contentType.startsWith('image/') ? 'image' : 'file', url: contentUrl, name }];
}

const kept = z.object({ file: z.object({ id: z.string() }) });

/** What somebody at the desk has sent: it has no address of its own. */
function deskFile({ origin, activity }: LogEntry): Block[] {
  const [given] = activity.attachments ?? [];
  const { file } = kept.safeParse(activity.channelData).data ?? {};
  if (origin !== 'agent' || !given || !file) return [];
  const isPicture = given.contentType?.startsWith('image/') ?? false;
  return [
    { kind: 'desk-file', fileId: file.id, name: given.name ?? '', isPicture, by: activity.from?.name ?? '' },
  ];
}

/** What the web takes and messaging apps do not: what is said of it is said otherwise. */
const INSTEAD: Partial<Record<TextKey, 'channels.kept'>> = { 'handoff.kept': 'channels.kept' };

/** Where the web's words lead to the app, these lead to the page; undefined for words about anything else. */
function signInWords({ activity }: LogEntry, { locale, signInUrl: url, link }: RenderOptions) {
  const key: unknown = activity.channelData?.key;
  const said = url && typeof key === 'string' ? SIGN_IN[key as TextKey] : undefined;
  return (
    said && url && text(locale, `channels.${said}`, { link: link(text(locale, 'channels.signIn'), url) })
  );
}

function words({ origin, activity }: LogEntry, { locale, link }: RenderOptions): string {
  const instead = origin === 'bot' ? INSTEAD[activity.channelData?.key as TextKey] : undefined;
  const raw = instead ? text(locale, instead) : (activity.text ?? '');
  const said = (activity.textFormat === 'markdown' ? plainText(raw, link) : raw).trim();
  if (said === '' || origin !== 'agent') return said;
  return text(locale, 'channels.agentSays', { name: activity.from?.name ?? '', words: said });
}

function messageBlocks(entry: LogEntry, options: RenderOptions): Block[] {
  const { activity } = entry;
  const said = signInWords(entry, options) ?? words(entry, options);
  const offered = sortActions(activity.suggestedActions?.actions);
  const blocks: Block[] = [
    ...(said ? [{ kind: 'text', text: said } as const] : []),
    ...(activity.attachments ?? []).flatMap((it) => attachmentBlocks(it, options)),
    ...deskFile(entry),
    ...cardBlocks({ text: '', pictures: [], ...offered }),
  ];
  // In one list, whichever part offers them: they are told apart by their number.
  const choices = blocks.flatMap((block) => (block.kind === 'choices' ? block.options : []));
  const rest = blocks.filter((block) => block.kind !== 'choices');
  if (choices.length === 0) return rest;
  return [...rest, { kind: 'choices', options: choices, quick: QUICK.has(activity.channelData?.key) }];
}

/**
 * What the customer is shown of an entry of the log, in order. Nothing of what the customer said, of what only wakes
 * the bot, and of events: whatever matters of a hand-off is said in words, too.
 */
export function blocksOf(entry: LogEntry, options: RenderOptions): Block[] {
  const { origin, activity } = entry;
  if (origin === 'customer' || origin === 'system' || entry.unreadable) return [];
  if (activity.type === 'message') return messageBlocks(entry, options);
  if (activity.type === 'endOfConversation')
    return [{ kind: 'text', text: text(options.locale, 'channels.ended') }];
  // Nothing that was sent can be changed or taken back.
  if (activity.type !== 'messageUpdate') return [];
  const corrected = words(entry, options);
  return corrected
    ? [{ kind: 'text', text: text(options.locale, 'channels.correction', { words: corrected }) }]
    : [];
}

/** The choices that an entry offers, as they are counted. */
export function optionsOf(entry: LogEntry): Option[] {
  const blocks = blocksOf(entry, { locale: REFERENCE_LOCALE, link: plainLink, now: new Date(0) });
  return blocks.flatMap((block) => (block.kind === 'choices' ? block.options : []));
}
