import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import type { Database, Queries } from '../database/database.ts';
import { uploadTickets } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import {
  ACCEPTED_TYPES,
  consentPurpose,
  MAX_UPLOAD_BYTES,
  type UploadRefusal,
  type Uploads,
} from '../domain/document.ts';
import { type Tickets, UPLOAD_PATH } from './tickets.ts';

/** A ticket as stored: everything but its secret. */
export type TicketRow = typeof uploadTickets.$inferSelect;

/** The slots that conversations have open: issuing tickets and finding them again. */
export interface SlotDesk extends Uploads {
  findByTicket(ticket: string): Promise<TicketRow | undefined>;
  findById(ticketId: string): Promise<TicketRow | undefined>;
  /** The slot that is open, expired or not. */
  findOpen(conversationId: string): Promise<TicketRow | undefined>;
  /** Why the ticket takes no new file now. */
  problemOf(ticket: TicketRow): UploadRefusal | undefined;
}

export interface SlotDeskOptions {
  database: Database;
  tickets: Tickets;
  clock: Clock;
  ticketTtlMs: number;
  /** Put before upload paths for clients on other origins: `https://help.example`. */
  publicUrl: string;
}

export function createSlotDesk({
  database,
  tickets,
  clock,
  ticketTtlMs,
  publicUrl,
}: SlotDeskOptions): SlotDesk {
  const byHash = async (db: Queries, hash: string) => {
    const [row] = await db.select().from(uploadTickets).where(eq(uploadTickets.tokenHash, hash));
    return row;
  };

  const issue = (tx: Queries, request: Parameters<Uploads['open']>[0]) => {
    const id = randomUUID();
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + ticketTtlMs);
    return tx
      .insert(uploadTickets)
      .values({
        id,
        tokenHash: tickets.hashOf(tickets.secretOf(id)) ?? '',
        conversationId: request.conversationId,
        caseId: request.draftId,
        slot: request.slot,
        purpose: consentPurpose(request.slot),
        idempotencyKey: request.idempotencyKey,
        expiresAt,
        createdAt: now,
      })
      .onConflictDoNothing({ target: uploadTickets.idempotencyKey })
      .returning();
  };

  /** A turn that runs again late would otherwise hand out a ticket that has expired meanwhile. */
  const reissue = async (tx: Queries, idempotencyKey: string): Promise<TicketRow | undefined> => {
    const [row] = await tx
      .select()
      .from(uploadTickets)
      .where(eq(uploadTickets.idempotencyKey, idempotencyKey));
    const now = clock.now();
    if (!row || row.closedAt || row.expiresAt > now) return row;
    const expiresAt = new Date(now.getTime() + ticketTtlMs);
    await tx.update(uploadTickets).set({ expiresAt }).where(eq(uploadTickets.id, row.id));
    return { ...row, expiresAt };
  };

  return {
    async open(request) {
      const row = await database.transaction(async (tx) => {
        const [issued] = await issue(tx, request);
        if (!issued) return await reissue(tx, request.idempotencyKey);
        await tx
          .update(uploadTickets)
          .set({ closedAt: clock.now() })
          .where(
            and(
              eq(uploadTickets.conversationId, request.conversationId),
              isNull(uploadTickets.closedAt),
              ne(uploadTickets.id, issued.id),
            ),
          );
        return issued;
      });
      if (!row) throw new Error('an upload ticket was neither issued nor found');
      return {
        draftId: row.caseId,
        slot: row.slot,
        uploadUrl: `${publicUrl}${UPLOAD_PATH}${tickets.secretOf(row.id)}`,
        expiresAt: row.expiresAt.toISOString(),
        maxBytes: MAX_UPLOAD_BYTES,
        accept: ACCEPTED_TYPES,
      };
    },

    async close(conversationId) {
      await database.run((db) =>
        db
          .update(uploadTickets)
          .set({ closedAt: clock.now() })
          .where(and(eq(uploadTickets.conversationId, conversationId), isNull(uploadTickets.closedAt))),
      );
    },

    async findByTicket(ticket) {
      const hash = tickets.hashOf(ticket);
      return hash === undefined ? undefined : await database.run((db) => byHash(db, hash));
    },

    async findById(ticketId) {
      const [row] = await database.run((db) =>
        db.select().from(uploadTickets).where(eq(uploadTickets.id, ticketId)),
      );
      return row;
    },

    async findOpen(conversationId) {
      const [row] = await database.run((db) =>
        db
          .select()
          .from(uploadTickets)
          .where(and(eq(uploadTickets.conversationId, conversationId), isNull(uploadTickets.closedAt)))
          .orderBy(desc(uploadTickets.createdAt))
          .limit(1),
      );
      return row;
    },

    problemOf(ticket) {
      if (ticket.documentId) return 'SlotAlreadyFilled';
      if (ticket.closedAt) return 'NoOpenSlot';
      return ticket.expiresAt <= clock.now() ? 'TicketExpired' : undefined;
    },
  };
}
