import { type Locale, text as textOf } from '../../../locales/index.ts';
import type { LogEntry } from '../../conversation/store.ts';
import { bytesOf, inPieces, shortened } from '../rendering/bytes.ts';
import { MORE, menuId, PAGE_ITEMS } from '../rendering/menu.ts';
import { type Outgoing, outgoing, type Packed, pack } from '../rendering/pack.ts';
import { plainLink } from '../rendering/plain-text.ts';

/** https://developer.work.weixin.qq.com/document/path/90253 */
export const PICTURE_BYTES = 10 * 1024 * 1024;
export const FILE_BYTES = 20 * 1024 * 1024;

type MenuItem = { type: 'click'; click: { id: string; content: string } };

/** What `send_msg` takes besides the receiver. */
export type WecomMessage =
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'image'; image: { media_id: string } }
  | { msgtype: 'file'; file: { media_id: string } }
  | { msgtype: 'msgmenu'; msgmenu: { head_content: string; list: MenuItem[]; tail_content: string } };

const TEXT_BYTES = 2048;
const HEAD_BYTES = 1024;
const ITEM_BYTES = 128;
const MENU_ITEMS = 10;

export const textMessage = (content: string): WecomMessage => ({ msgtype: 'text', text: { content } });
const texts = (text: string): WecomMessage[] => inPieces(text, TEXT_BYTES).map(textMessage);

type Choices = Extract<Packed, { kind: 'choices' }>;

function choiceMessages({ lead, options, seq }: Choices, locale: Locale): WecomMessage[] {
  const item = (label: string, place: number): MenuItem => {
    return { type: 'click', click: { id: menuId(seq, place), content: shortened(label, ITEM_BYTES) } };
  };
  const isLong = options.length > MENU_ITEMS;
  const shown = isLong ? options.slice(0, PAGE_ITEMS) : options;
  const list = shown.map(({ label }, at) => item(label, at + 1));
  if (isLong) list.push(item(textOf(locale, 'channels.more'), MORE));
  const fits = lead !== '' && bytesOf(lead) <= HEAD_BYTES;
  const head_content = fits ? lead : textOf(locale, 'channels.choose');
  const before = fits ? [] : texts(lead);
  return [...before, { msgtype: 'msgmenu', msgmenu: { head_content, list, tail_content: '' } }];
}

type Body = Outgoing<WecomMessage>['body'];
const sent = (messages: WecomMessage[]): Body[] => messages.map((message) => ({ kind: 'message', message }));

function bodiesOf(part: Packed, locale: Locale): Body[] {
  switch (part.kind) {
    case 'desk-file': {
      const { kind: _, seq: __, ...file } = part;
      return [{ kind: 'desk-file', file }];
    }
    case 'text':
      return sent(texts(part.text));
    case 'choices':
      return sent(choiceMessages(part, locale));
    case 'link':
      // The app makes the address into a link; its own kind of card needs a picture that was uploaded.
      return sent(texts([plainLink(part.title, part.url), part.description].filter(Boolean).join('\n')));
    case 'image':
    case 'file': {
      const { kind: type, url, name } = part;
      return [{ kind: 'media', type, url, name, otherwise: textMessage(plainLink(name || url, url)) }];
    }
  }
}

/**
 * Entries of the log as messages for `send_msg`, in order. https://developer.work.weixin.qq.com/document/path/94677
 */
export function encode(
  entries: readonly LogEntry[],
  { locale, now, signInUrl }: { locale: Locale; now: Date; signInUrl?: string | undefined },
): Outgoing<WecomMessage>[] {
  const parts = pack(entries, { locale, now, link: plainLink, signInUrl }, TEXT_BYTES);
  return parts.flatMap((part) => bodiesOf(part, locale).map((body) => outgoing(part, body)));
}
