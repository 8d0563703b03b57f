import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { documents } from '../database/schema/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { UploadOutcome, UploadRefusal } from '../domain/document.ts';
import { type Blobs, StorageFault } from './blobs.ts';
import { consentProblem } from './consent.ts';
import { prepareImage, sha256 } from './image.ts';
import { type Picture, recordDocument, type SealedPicture } from './record.ts';
import type { SlotDesk, TicketRow } from './slots.ts';
import { ENVELOPE_VERSION, type Vault } from './vault.ts';

export interface IntakeOptions {
  database: Database;
  vault: Vault;
  blobs: Blobs;
  clock: Clock;
  consentVersion: string;
  slots: SlotDesk;
}

/** A file on its way in. */
export interface Incoming {
  ticket: TicketRow;
  attemptId: number;
  file: Uint8Array;
  /** Version of the consent text that the upload page showed; absent for files sent in the chat. */
  consentVersion?: string | undefined;
}

const refused = (code: UploadRefusal): UploadOutcome => ({ kind: 'refused', code });

/** Takes one file: prepares, encrypts and stores it, then makes it the slot's document in one transaction. */
export function createIntake(options: IntakeOptions): (incoming: Incoming) => Promise<UploadOutcome> {
  const { database, vault, blobs, clock, consentVersion, slots } = options;

  /** The same file again is the client's retry; another one came too late. */
  const alreadyFilled = async (ticketId: string, fileSha256: string): Promise<UploadOutcome> => {
    const ticket = await slots.findById(ticketId);
    if (!ticket?.documentId) return refused('NoOpenSlot');
    if (ticket.fileSha256 !== fileSha256) return refused('SlotAlreadyFilled');
    const { documentId, caseId: draftId, slot } = ticket;
    const [row] = await database.run((db) =>
      db.select({ warnings: documents.warnings }).from(documents).where(eq(documents.id, documentId)),
    );
    return { kind: 'stored', draftId, slot, documentId, warnings: row?.warnings ?? [] };
  };

  const seal = async (ticket: TicketRow, picture: Picture): Promise<SealedPicture | undefined> => {
    const documentId = randomUUID();
    const identity = { caseId: ticket.caseId, documentId, version: ENVELOPE_VERSION };
    const { sealed, key } = await vault.seal(picture.jpeg, identity);
    try {
      return { documentId, blobKey: await blobs.put(sealed), key };
    } catch (error) {
      if (error instanceof StorageFault) return undefined;
      throw error;
    }
  };

  return async (incoming) => {
    const { ticket, file } = incoming;
    const fileSha256 = sha256(file);
    const problem = slots.problemOf(ticket);
    if (problem === 'SlotAlreadyFilled') return await alreadyFilled(ticket.id, fileSha256);
    if (problem) return refused(problem);
    const withheld = await database.run((db) =>
      consentProblem(db, ticket, incoming.consentVersion, { version: consentVersion, now: clock.now() }),
    );
    if (withheld) return refused(withheld);

    const picture = await prepareImage(file, ticket.slot);
    if (picture.kind === 'refused') return picture;
    const sealed = await seal(ticket, picture);
    if (!sealed) return refused('StorageUnavailable');
    // If this throws, whether it was committed is not known: the blob stays, and the sweep finds out.
    const stored = await database.transaction((tx) =>
      recordDocument(tx, clock, { ticket, attemptId: incoming.attemptId, picture, sealed, fileSha256 }),
    );
    if (stored) return stored;
    // Should this fail, the sweep removes it.
    await blobs.delete(sealed.blobKey).catch(() => undefined);
    return await alreadyFilled(ticket.id, fileSha256);
  };
}
