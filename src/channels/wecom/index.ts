import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { WecomAccount } from '../accounts.ts';
import type { ChannelCounts } from '../counts.ts';
import { callbackRoutes } from '../tencent/routes.ts';
import { openCallback } from './crypto.ts';
import { decodeCallback } from './decode.ts';
import { openAddressCheck } from './signature.ts';
import type { Sync } from './sync.ts';

export interface WecomOptions {
  /** Each with what fetches for it. */
  accounts: readonly { account: WecomAccount; sync: Pick<Sync, 'ring'> }[];
  counts: ChannelCounts;
  clock: Clock;
}

/** Callbacks of 微信客服, at `/channels/wecom/<account>`: bells, which are heard by all before they are acknowledged. */
export async function wecomChannel(
  app: FastifyInstance,
  { accounts, counts, clock }: WecomOptions,
): Promise<void> {
  callbackRoutes(app, {
    channel: 'wecom',
    accounts: accounts.map(({ account, sync }) => ({ ...account, sync })),
    counts,
    check: (account, query) => openAddressCheck(account, query, clock.now()),
    open: (account, query, body) => openCallback(account, query, body, clock.now()),
    async take({ openKfIds, sync }, text) {
      const callback = decodeCallback(text);
      if (!callback) return 'malformed';
      if (callback.kind !== 'bell') return 'ignored';
      const { openKfId, token } = callback.bell;
      if (!openKfIds.includes(openKfId)) return 'ignored';
      await sync.ring(openKfId, token);
      return 'accepted';
    },
  });
}
