import { type Locale, text as textOf } from '../../../locales/index.ts';
import type { LogEntry } from '../../conversation/store.ts';
import type { WechatAccount } from '../accounts.ts';
import { bytesOf, inPieces, shortened } from '../rendering/bytes.ts';
import { menuId, numbered } from '../rendering/menu.ts';
import { type Outgoing, outgoing, type Packed, pack } from '../rendering/pack.ts';
import { plainLink, type WriteLink } from '../rendering/plain-text.ts';

/** What `custom/send` takes besides the receiver. */
export type WechatMessage =
  | { msgtype: 'text'; text: { content: string } }
  | { msgtype: 'image'; image: { media_id: string } }
  | {
      msgtype: 'news';
      news: { articles: { title: string; description: string; url: string; picurl: string }[] };
    }
  | { msgtype: 'link'; link: { title: string; description: string; url: string; thumb_url: string } }
  | {
      msgtype: 'msgmenu';
      msgmenu: { head_content: string; list: { id: string; content: string }[]; tail_content: string };
    };

/** The documentation says 10 MB in one place, and 2 in another. */
export const PICTURE_BYTES = 2 * 1024 * 1024;
/** Measured to be 2048; beyond that the platform refuses with 45002. */
const TEXT_BYTES = 2000;
const MENU_ITEMS = 10;
const TITLE_BYTES = 192;
const DESCRIPTION_BYTES = 512;

/** An official account's texts may hold links; a quote in an address would end it. */
const anchor: WriteLink = (title, url) =>
  `<a href="${url.replaceAll('"', '%22')}">${title.replace(/[<>]/g, '')}</a>`;

export const textMessage = (content: string): WechatMessage => ({ msgtype: 'text', text: { content } });
const texts = (text: string): WechatMessage[] => inPieces(text, TEXT_BYTES).map(textMessage);

export interface EncodeOptions {
  account: Pick<WechatAccount, 'kind' | 'menus'>;
  locale: Locale;
  now: Date;
  signInUrl?: string | undefined;
}

type Choices = Extract<Packed, { kind: 'choices' }>;

/** The question with its choices by number; in a message of their own where they do not go with it into one. */
function numberedTexts({ lead, options }: Choices, locale: Locale): WechatMessage[] {
  const list = `${textOf(locale, 'channels.chooseByNumber')}\n${numbered(options)}`;
  const whole = lead ? `${lead}\n\n${list}` : list;
  return bytesOf(whole) <= TEXT_BYTES ? [textMessage(whole)] : [...texts(lead), ...texts(list)];
}

function choiceMessages(part: Choices, { account, locale }: EncodeOptions): WechatMessage[] {
  const { lead, options, quick, seq } = part;
  // A tap gives three messages for a minute, a typed number five for two days: menus only where nothing follows.
  const asMenu = account.menus && quick && options.length <= MENU_ITEMS && bytesOf(lead) <= 1024;
  if (!asMenu) return numberedTexts(part, locale);
  const list = options.map(({ label }, at) => ({ id: menuId(seq, at + 1), content: shortened(label, 128) }));
  const head_content = lead || textOf(locale, 'channels.choose');
  return [{ msgtype: 'msgmenu', msgmenu: { head_content, list, tail_content: '' } }];
}

function linkMessage(part: Extract<Packed, { kind: 'link' }>, { account }: EncodeOptions): WechatMessage {
  const { url, picture = '' } = part;
  const title = shortened(part.title, TITLE_BYTES);
  const description = shortened(part.description, DESCRIPTION_BYTES);
  if (account.kind === 'mini-program') {
    return { msgtype: 'link', link: { title, description, url, thumb_url: picture } };
  }
  return { msgtype: 'news', news: { articles: [{ title, description, url, picurl: picture }] } };
}

type Body = Outgoing<WechatMessage>['body'];
const sent = (messages: WechatMessage[]): Body[] => messages.map((message) => ({ kind: 'message', message }));

function bodiesOf(part: Packed, options: EncodeOptions, link: WriteLink): Body[] {
  switch (part.kind) {
    case 'desk-file': {
      const { kind: _, seq: __, ...file } = part;
      return [{ kind: 'desk-file', file }];
    }
    case 'text':
      return sent(texts(part.text));
    case 'choices':
      return sent(choiceMessages(part, options));
    case 'link':
      return sent([linkMessage(part, options)]);
    case 'image': {
      const { url, name } = part;
      return [{ kind: 'media', type: 'image', url, name, otherwise: textMessage(link(name || url, url)) }];
    }
    case 'file':
      // There is no type for files: they stay where they are.
      return sent(texts(link(part.name || part.url, part.url)));
  }
}

/**
 * Entries of the log as messages for `custom/send`, in order.
 * https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage.html
 */
export function encode(entries: readonly LogEntry[], options: EncodeOptions): Outgoing<WechatMessage>[] {
  const { account, locale, now, signInUrl } = options;
  const link = account.kind === 'official-account' ? anchor : plainLink;
  const parts = pack(entries, { locale, now, link, signInUrl }, TEXT_BYTES);
  return parts.flatMap((part) => bodiesOf(part, options, link).map((body) => outgoing(part, body)));
}

/** The choices of a menu as a text, for an account that has turned out to have no menus (40200). */
export function withoutMenu(message: WechatMessage, locale: Locale): WechatMessage {
  if (message.msgtype !== 'msgmenu') return message;
  const { head_content, list } = message.msgmenu;
  const options = list.map(({ content }) => ({ label: content, says: content }));
  return textMessage(
    shortened(
      `${head_content}\n\n${textOf(locale, 'channels.chooseByNumber')}\n${numbered(options)}`,
      TEXT_BYTES,
    ),
  );
}
