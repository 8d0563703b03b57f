import type { Log } from '../domain/log.ts';
import { createSeldom } from './seldom.ts';
import type { Claim, LogEntry } from './store.ts';

/** Where a store keeps a conversation, for those who look after it. */
export interface Whereabouts {
  record: string;
  log: string;
}

/** Says once a minute and place what a store found damaged: the place, never what stands there. */
export function createDamageReport(log: Log, whereabouts: (conversationId: string) => Whereabouts) {
  const seldom = createSeldom();

  function report(key: string, lost: string, message: string): void {
    if (seldom(`${key} ${lost}`) !== undefined) log.error({ key, lost }, message);
  }

  function inLog<E extends LogEntry>(conversationId: string, entries: E[]): E[] {
    for (const { seq, unreadable } of entries) {
      if (!unreadable) continue;
      report(whereabouts(conversationId).log, `entry ${seq}`, 'an entry of a conversation cannot be read');
    }
    return entries;
  }

  return {
    /** Passes entries on and says which are damaged. */
    inLog,
    /** Passes a claim on and says what of it is damaged. */
    inClaim(claim: Claim): Claim {
      const { id } = claim.conversation;
      for (const lost of claim.lost ?? []) {
        report(whereabouts(id).record, lost, 'the record of a conversation is damaged; the customer is told');
      }
      inLog(id, claim.messages);
      return claim;
    },
  };
}
