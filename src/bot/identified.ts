import type { RunTurn } from '../conversation/runner.ts';
import type { Clock } from '../domain/clock.ts';
import { createExpiring } from '../domain/expiring.ts';
import type { Platform } from '../domain/platform.ts';

/** How long a customer stays known without being asked for again: who unlinks the account is soon nobody. */
const KNOWN_MS = 5 * 60_000;
/** Who is not linked may be in a moment: they were just sent to where they can. */
const UNKNOWN_MS = 20_000;

/**
 * Turns in which customers of messaging apps are known, once the platform knows whose app account it is. While the
 * platform does not answer, they are anonymous, as they are before they have linked it.
 */
export function identified(
  runTurn: RunTurn,
  {
    platform,
    clock,
    linkOf,
  }: {
    platform: Pick<Platform, 'identityLink'>;
    clock: Clock;
    /** What the platform calls a channel whose customers are known by a link. */
    linkOf(channel: string): string | undefined;
  },
): RunTurn {
  const found = createExpiring<string | undefined>(clock);

  async function customerOf(channel: string, userId: string): Promise<string | undefined> {
    const key = `${channel} ${userId}`;
    const known = found.get(key);
    if (known) return known.value;
    const link = await platform.identityLink(channel, userId);
    if (link.kind === 'unavailable') return undefined;
    const customerId = link.kind === 'found' ? link.value.customerId : undefined;
    found.set(key, customerId, customerId === undefined ? UNKNOWN_MS : KNOWN_MS);
    return customerId;
  }

  return async (claim, message) => {
    const { channel, userId, customerId: told } = claim.conversation;
    const link = told === undefined ? linkOf(channel) : undefined;
    if (link === undefined) return runTurn(claim, message);
    const customerId = await customerOf(link, userId);
    return runTurn({ ...claim, conversation: { ...claim.conversation, customerId } }, message);
  };
}
