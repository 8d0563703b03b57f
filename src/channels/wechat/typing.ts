import type { Clock } from '../../domain/clock.ts';
import { createExpiring } from '../../domain/expiring.ts';
import type { WechatAccount } from '../accounts.ts';
import type { WechatClient } from './client.ts';

/** The platform shows it for so long, and refuses it meanwhile. */
const SHOWN_MS = 15_000;

/**
 * Shows a customer that somebody is writing, as far as the platform takes it: nobody waits for it, and nothing is
 * done about a refusal. Conversations of other channels are left alone.
 */
export function createTyping(
  accounts: readonly {
    account: Pick<WechatAccount, 'appId'>;
    client: Pick<WechatClient, 'typing'>;
  }[],
  clock: Clock,
): (conversationId: string) => void {
  const shown = createExpiring<true>(clock);
  return (conversationId) => {
    const held = accounts.find(({ account }) => conversationId.startsWith(`${account.appId}:`));
    if (!held || shown.get(conversationId)) return;
    shown.set(conversationId, true, SHOWN_MS);
    void held.client.typing(conversationId.slice(held.account.appId.length + 1));
  };
}
