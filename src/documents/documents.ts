import { and, eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { documents } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type {
  ChatUploads,
  QualityWarning,
  Slot,
  UploadOutcome,
  UploadRefusal,
  Uploads,
} from '../domain/document.ts';
import { beginAttempt, findAttempt, finishAttempt, isLimited } from './attempts.ts';
import type { Blobs } from './blobs.ts';
import { consentProblem } from './consent.ts';
import { createDestruction, type Destruction } from './destruction.ts';
import { createIntake } from './intake.ts';
import { createSlotDesk, type TicketRow } from './slots.ts';
import { createTickets } from './tickets.ts';
import type { Vault } from './vault.ts';

const TICKET_TTL_MS = 30 * 60_000;

export interface DocumentsOptions {
  database: Database;
  vault: Vault;
  blobs: Blobs;
  clock: Clock;
  /** The wording of the consent that is in force. */
  consentVersion: string;
  /** 32 bytes that only upload tickets are made with; all instances need the same. */
  ticketKey: Buffer;
  /** Default 30 minutes. */
  ticketTtlMs?: number;
  /** Put before upload paths for clients on other origins, without a slash at the end. */
  publicUrl?: string;
  /** Called after a document was committed, so that its event need not wait for the next poll. */
  kick?: () => void;
}

export type ReadDocument =
  | { kind: 'found'; jpeg: Buffer; slot: Slot; width: number; height: number; warnings: QualityWarning[] }
  | { kind: 'not-found' }
  /** It was here; its key has been destroyed. */
  | { kind: 'purged' };

/** What is known of a ticket besides its secret. */
export interface TicketStanding {
  conversationId: string;
  problem: UploadRefusal | undefined;
}

/** 材料: takes customers' documents in, keeps them encrypted, shows and destroys them. */
export interface Documents extends Uploads, ChatUploads, Destruction {
  /** Why a file for this ticket would be refused whatever it holds, before it is read. */
  checkTicket(ticket: string): Promise<UploadRefusal | undefined>;
  /** Where a ticket belongs, and why it takes no new file; undefined when there is none like it. */
  lookUp(ticket: string): Promise<TicketStanding | undefined>;
  /** Takes a file by ticket. The same ticket with the same file returns the first outcome. */
  receiveTicket(upload: {
    ticket: string;
    consentVersion?: string | undefined;
    file: Uint8Array;
  }): Promise<UploadOutcome>;
  /** What `read` would come to. */
  standing(documentId: string, caseId: string): Promise<ReadDocument['kind']>;
  /** A document of this case, decrypted. Throws when its bytes are not what was stored. */
  read(documentId: string, caseId: string): Promise<ReadDocument>;
}

const refused = (code: UploadRefusal): UploadOutcome => ({ kind: 'refused', code });

export function createDocuments(options: DocumentsOptions): Documents {
  const { database, vault, blobs, clock, consentVersion, kick = () => {} } = options;
  const { ticketTtlMs = TICKET_TTL_MS, publicUrl = '' } = options;
  const tickets = createTickets(options.ticketKey);
  const slots = createSlotDesk({ database, tickets, clock, ticketTtlMs, publicUrl });
  const takeFile = createIntake({ database, vault, blobs, clock, consentVersion, slots });

  const take = async (
    ticket: TicketRow,
    file: Uint8Array,
    from: { idempotencyKey: string | null; consentVersion?: string | undefined },
  ): Promise<UploadOutcome> => {
    const { conversationId } = ticket;
    const now = clock.now();
    const isNew = ticket.documentId === null;
    if (isNew && (await database.run((db) => isLimited(db, conversationId, now))))
      return refused('TooManyUploads');
    const attempt = await database.run((db) =>
      beginAttempt(db, { conversationId, ticketId: ticket.id, idempotencyKey: from.idempotencyKey, now }),
    );
    const outcome =
      attempt.outcome ??
      (await takeFile({ ticket, attemptId: attempt.id, file, consentVersion: from.consentVersion }));
    await database.run((db) => finishAttempt(db, attempt.id, outcome));
    if (outcome.kind === 'stored') kick();
    return outcome;
  };

  /** Remembers that the message came to nothing, so that a repeat of it does too. */
  const takeNothing = async (conversationId: string, idempotencyKey: string): Promise<UploadOutcome> => {
    const outcome = refused('NoOpenSlot');
    await database.run(async (db) => {
      const attempt = await beginAttempt(db, {
        conversationId,
        ticketId: null,
        idempotencyKey,
        now: clock.now(),
      });
      await finishAttempt(db, attempt.id, outcome);
    });
    return outcome;
  };

  const rowOf = async (documentId: string, caseId: string) => {
    const [row] = await database.run((db) =>
      db
        .select()
        .from(documents)
        .where(and(eq(documents.id, documentId), eq(documents.caseId, caseId))),
    );
    return row;
  };

  return {
    ...createDestruction({ database, blobs, clock }),
    open: slots.open,
    close: slots.close,

    async checkTicket(secret) {
      const ticket = await slots.findByTicket(secret);
      if (!ticket) return 'TicketUnknown';
      const problem = slots.problemOf(ticket);
      // It may be the retry of the upload that filled the slot.
      return problem === 'SlotAlreadyFilled' ? undefined : problem;
    },

    async lookUp(secret) {
      const ticket = await slots.findByTicket(secret);
      if (!ticket) return undefined;
      return { conversationId: ticket.conversationId, problem: slots.problemOf(ticket) };
    },

    async receiveTicket({ ticket: secret, consentVersion: given, file }) {
      const ticket = await slots.findByTicket(secret);
      if (!ticket) return refused('TicketUnknown');
      return await take(ticket, file, { idempotencyKey: null, consentVersion: given });
    },

    async openSlot(conversationId) {
      const ticket = await slots.findOpen(conversationId);
      if (!ticket || slots.problemOf(ticket)) return undefined;
      const withheld = await database.run((db) =>
        consentProblem(db, ticket, undefined, { version: consentVersion, now: clock.now() }),
      );
      return withheld ? undefined : { draftId: ticket.caseId, slot: ticket.slot };
    },

    async receive({ conversationId, file, idempotencyKey }) {
      const before = await database.run((db) => findAttempt(db, conversationId, idempotencyKey));
      if (before?.outcome) return before.outcome;
      // An attempt that a crash cut off belongs to the slot that was open then.
      const ticket = before?.ticketId
        ? await slots.findById(before.ticketId)
        : await slots.findOpen(conversationId);
      if (!ticket) return await takeNothing(conversationId, idempotencyKey);
      return await take(ticket, file, { idempotencyKey });
    },

    async standing(documentId, caseId) {
      const row = await rowOf(documentId, caseId);
      if (!row) return 'not-found';
      return row.wrappedKey === null ? 'purged' : 'found';
    },

    async read(documentId, caseId) {
      const row = await rowOf(documentId, caseId);
      if (!row) return { kind: 'not-found' };
      if (row.wrappedKey === null) return { kind: 'purged' };
      const sealed = await blobs.get(row.blobKey);
      const identity = { caseId, documentId, version: row.envelopeVersion };
      const jpeg = await vault.unseal(sealed, { keyId: row.keyId, wrapped: row.wrappedKey }, identity);
      const { slot, width, height, warnings } = row;
      return { kind: 'found', jpeg, slot, width, height, warnings };
    },
  };
}
