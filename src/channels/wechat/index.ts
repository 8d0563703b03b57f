import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import { allowanceOf, type WechatAccount } from '../accounts.ts';
import type { ChannelCounts } from '../counts.ts';
import type { Content } from '../inbound.ts';
import type { Allowance, Place, Receiver } from '../receive.ts';
import { callbackRoutes, type Handled } from '../tencent/routes.ts';
import { openCallback } from './crypto.ts';
import { decode, type WechatInbound } from './decode.ts';
import { openAddressCheck } from './signature.ts';

/** The channel of an account's conversations. */
export const channelOf = ({ kind }: Pick<WechatAccount, 'kind'>) =>
  kind === 'official-account' ? 'wechat-oa' : 'wechat-mp';

/** The conversation of a customer with an account; an openid is another one in each account. */
export function placeOf(account: Pick<WechatAccount, 'kind' | 'appId'>, openId: string): Place {
  return { id: `${account.appId}:${openId}`, channel: channelOf(account), userId: openId };
}

export interface WechatOptions {
  accounts: readonly WechatAccount[];
  receiver: Receiver;
  counts: ChannelCounts;
  clock: Clock;
  /** The customer does not follow any more: nothing that is still under way can be delivered. */
  gone(conversationId: string): Promise<void>;
}

const MINUTE_MS = 60_000;
/** https://developers.weixin.qq.com/doc/service/guide/product/kf/intro */
const TAPPED: Allowance = { messages: 3, forMs: MINUTE_MS };
const OPENED: Record<WechatAccount['kind'], Allowance> = {
  'official-account': TAPPED,
  'mini-program': { messages: 2, forMs: MINUTE_MS },
};

type InboundEvent = Extract<WechatInbound, { kind: 'event' }>;

/** Callbacks of official accounts and mini programs, at `/channels/wechat/<account>`. */
export async function wechatChannel(app: FastifyInstance, options: WechatOptions): Promise<void> {
  const { accounts, receiver, counts, clock } = options;

  async function takeEvent(account: WechatAccount, place: Place, inbound: InboundEvent): Promise<Handled> {
    const { event, dedupeKey, sentAt } = inbound;
    switch (event.kind) {
      case 'followed':
      case 'scanned':
      case 'entered':
        return receiver.opened({ place, dedupeKey, sentAt, allows: OPENED[account.kind] });
      case 'menu-tapped': {
        // The operator gives items of the menu the words as key that a tap is to say.
        const content: Content = { kind: 'text', text: event.key };
        return receiver.message({ place, dedupeKey, sentAt, content, allows: TAPPED });
      }
      case 'unfollowed':
        await options.gone(place.id);
        return 'ignored';
      default:
        return 'ignored';
    }
  }

  callbackRoutes(app, {
    channel: 'wechat',
    accounts,
    counts,
    check: (account, query) => openAddressCheck(account, query, clock.now()),
    open: (account, query, body) => openCallback(account, query, body, clock.now()),
    async take(account, text) {
      const inbound = decode(text, account.appId);
      if (!inbound) return 'malformed';
      const { dedupeKey, sentAt } = inbound;
      const place = placeOf(account, inbound.customer);
      if (inbound.kind === 'event') return takeEvent(account, place, inbound);
      const { content } = inbound;
      // A tap on a menu that we sent counts as one on the account's own.
      const isTap = content.kind === 'text' && content.menuId !== undefined;
      const allows = isTap ? TAPPED : allowanceOf(account.quota);
      return receiver.message({ place, dedupeKey, sentAt, content, allows });
    },
  });
}
