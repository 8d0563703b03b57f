import type { Clock } from '../../domain/clock.ts';
import type { WechatAccount } from '../accounts.ts';
import type { Message, MessagesOf, Sent } from '../delivery.ts';
import { sentOf } from '../tencent/sent.ts';
import type { WechatClient } from './client.ts';
import { encode, type WechatMessage, withoutMenu } from './encode.ts';

/** How messages get to the customers of official accounts or mini programs. */
export function createWechatAdapter(parts: {
  accounts: readonly { account: WechatAccount; client: Pick<WechatClient, 'send'> }[];
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
    const { account, client } = held;

    async function send(message: WechatMessage): Promise<Sent> {
      const isPlain = message.msgtype !== 'msgmenu' || withoutMenus.has(appId);
      const result = await client.send(userId, isPlain ? withoutMenu(message, locale) : message);
      if (result.kind !== 'refused' || result.reason !== 'menu-not-allowed' || isPlain) return sentOf(result);
      withoutMenus.add(appId);
      return send(message);
    }
    return encode(entries, { account, locale, now: parts.clock.now() }).map(
      ({ seq, body, passing }): Message => {
        // Pictures stay where they are: the customer gets the link.
        const message = body.kind === 'message' ? body.message : body.otherwise;
        return { seq, ...(passing && { passing }), send: () => send(message) };
      },
    );
  };
}
