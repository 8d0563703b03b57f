import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import { StoreUnreachable } from './bounded-store.ts';

/** The right to open one WebSocket. */
export interface StreamGrant {
  conversationId: string;
  userId: string;
  trustedOrigins?: string[] | undefined;
}

/** Both throw `StoreUnreachable` when the memory cannot be reached. */
export interface Tickets {
  issue(grant: StreamGrant): Promise<string>;
  /** The grant, once and on one process; undefined when the ticket is unknown, too old or used. */
  redeem(ticket: string): Promise<StreamGrant | undefined>;
}

/** Protocol: a streamUrl has to be connected to within a minute. */
export const TICKET_SECONDS = 60;

const grantSchema = z.object({
  conversationId: z.string(),
  userId: z.string(),
  trustedOrigins: z.array(z.string()).optional(),
});

const keyOf = (ticket: string) => `stream-ticket:${ticket}`;

async function reach<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw new StoreUnreachable(error);
  }
}

/**
 * Tickets in stream URLs. Single-use and short-lived, because a stock client whose token has expired goes on
 * opening sockets to its last stream URL and would otherwise keep receiving.
 *
 * The grant waits in the memory and is taken out of it: unlike a signed ticket with a list of used ones, that
 * needs no clocks that agree, and a memory that loses something loses a ticket, not the knowledge that it is used.
 * While the memory is away no ticket is taken: the log cannot be read then either, and every client answers a
 * refused socket by asking for a new stream URL.
 */
export function createTickets(memory: SharedMemory): Tickets {
  return {
    async issue(grant) {
      const ticket = randomBytes(32).toString('base64url');
      await reach(memory.put(keyOf(ticket), JSON.stringify(grant), TICKET_SECONDS));
      return ticket;
    },
    async redeem(ticket) {
      const found = await reach(memory.take(keyOf(ticket)));
      return found === undefined ? undefined : grantSchema.parse(JSON.parse(found));
    },
  };
}
