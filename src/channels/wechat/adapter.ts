import type { Clock } from '../../domain/clock.ts';
import type { WechatAccount } from '../accounts.ts';
import { type DeskFiles, sendUploaded } from '../chat-files.ts';
import type { Message, MessagesOf, Sent } from '../delivery.ts';
import type { Outgoing } from '../rendering/pack.ts';
import { sentOf } from '../tencent/sent.ts';
import type { Uploads } from '../tencent/uploads.ts';
import type { WechatClient } from './client.ts';
import { encode, PICTURE_BYTES, textMessage, type WechatMessage, withoutMenu } from './encode.ts';

/** How messages get to the customers of official accounts or mini programs. */
export function createWechatAdapter(parts: {
  accounts: readonly { account: WechatAccount; client: Pick<WechatClient, 'send'>; uploads: Uploads }[];
  files: DeskFiles;
  signInUrl?: string | undefined;
  clock: Clock;
}): MessagesOf {
  /** Accounts that have turned out to have no menus. */
  const withoutMenus = new Set<string>();

  return ({ conversationId, userId }, entries, locale) => {
    const appId = conversationId.slice(0, -userId.length - 1);
    const held = parts.accounts.find(({ account }) => account.appId === appId);
    const unknown: Message = {
      seq: entries.at(-1)?.seq ?? 0,
      send: async () => ({ kind: 'waits', why: 'not-configured' }),
    };
    if (!held) return entries.length > 0 ? [unknown] : [];
    const { account, client, uploads } = held;
    const { files } = parts;

    async function send(message: WechatMessage): Promise<Sent> {
      const isPlain = message.msgtype !== 'msgmenu' || withoutMenus.has(appId);
      const result = await client.send(userId, isPlain ? withoutMenu(message, locale) : message);
      if (result.kind !== 'refused' || result.reason !== 'menu-not-allowed' || isPlain) return sentOf(result);
      withoutMenus.add(appId);
      return send(message);
    }
    function sendBody(body: Outgoing<WechatMessage>['body']): Promise<Sent> {
      // Pictures of the bot's stay where they are: the customer gets the link.
      if (body.kind !== 'desk-file') return send(body.kind === 'message' ? body.message : body.otherwise);
      const { file } = body;
      const asLink = () => send(textMessage(files.words(file, conversationId, locale)));
      if (!file.isPicture) return asLink();
      return sendUploaded(file, conversationId, {
        ...{ open: files.open, maxBytes: PICTURE_BYTES, uploads, asLink },
        send: (media_id) => send({ msgtype: 'image', image: { media_id } }),
      });
    }
    const { signInUrl, clock } = parts;
    return encode(entries, { account, locale, now: clock.now(), signInUrl }).map(
      ({ seq, body, passing }): Message => {
        return { seq, ...(passing && { passing }), send: () => sendBody(body) };
      },
    );
  };
}
