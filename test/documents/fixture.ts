import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../src/database/database.ts';
import { cases, consents, documents, outbox } from '../../src/database/schema/index.ts';
import { type Blobs, StorageFault } from '../../src/documents/blobs.ts';
import { createDocuments, type Documents, type DocumentsOptions } from '../../src/documents/documents.ts';
import { openFileBlobs } from '../../src/documents/file-blobs.ts';
import { createVault, localKeyWrapper } from '../../src/documents/vault.ts';
import type { CaseState } from '../../src/domain/case.ts';
import {
  consentPurpose,
  type Slot,
  type UploadOutcome,
  type UploadTicket,
} from '../../src/domain/document.ts';
import { FakeClock } from '../support/clock.ts';

export const CONSENT = '2026-11';

/** Blobs that count, and fail on demand as a full disk does. */
export class WatchedBlobs implements Blobs {
  isFull = false;
  readonly #blobs: Blobs;

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  async put(bytes: Uint8Array): Promise<string> {
    if (this.isFull) throw new StorageFault('put', Object.assign(new Error('full'), { code: 'ENOSPC' }));
    return await this.#blobs.put(bytes);
  }

  get(name: string) {
    return this.#blobs.get(name);
  }

  delete(name: string) {
    return this.#blobs.delete(name);
  }

  list() {
    return this.#blobs.list();
  }

  async names(): Promise<string[]> {
    const names: string[] = [];
    for await (const { name } of this.list()) names.push(name);
    return names;
  }
}

/** The documents service on real parts: database, files, AES. One serves a whole test file. */
export class Fixture {
  readonly database: Database;
  readonly blobs: WatchedBlobs;
  readonly clock = new FakeClock(new Date().toISOString());
  readonly vault = createVault(localKeyWrapper(randomBytes(32)));
  readonly ticketKey = randomBytes(32);
  readonly service: Documents;
  kicks = 0;
  readonly #directory: string;

  private constructor(database: Database, blobs: Blobs, directory: string) {
    this.database = database;
    this.blobs = new WatchedBlobs(blobs);
    this.#directory = directory;
    this.service = this.another();
  }

  static async start(database: Database): Promise<Fixture> {
    const directory = await mkdtemp(join(tmpdir(), 'documents-'));
    return new Fixture(database, await openFileBlobs(directory), directory);
  }

  /** A second instance on the same stores. */
  another(options: Partial<DocumentsOptions> = {}): Documents {
    return createDocuments({
      database: this.database,
      vault: this.vault,
      blobs: this.blobs,
      clock: this.clock,
      consentVersion: CONSENT,
      ticketKey: this.ticketKey,
      kick: () => {
        this.kicks++;
      },
      ...options,
    });
  }

  async stop(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** A draft in a conversation of its own. */
  async draft(): Promise<{ caseId: string; conversationId: string }> {
    const caseId = randomUUID();
    const conversationId = `conversation-${caseId}`;
    const now = this.clock.now();
    await this.database.run((db) =>
      db.insert(cases).values({
        id: caseId,
        kind: 'risk-lock',
        state: 'draft',
        conversationId,
        requiredSlots: ['id-front'],
        returnedSlots: [],
        idempotencyKey: caseId,
        createdAt: now,
        updatedAt: now,
        version: 1,
      }),
    );
    return { caseId, conversationId };
  }

  async setState(caseId: string, state: CaseState): Promise<void> {
    await this.database.run((db) => db.update(cases).set({ state }).where(eq(cases.id, caseId)));
  }

  async consent(caseId: string, slot: Slot = 'id-front', version = CONSENT): Promise<void> {
    await this.database.run((db) =>
      db.insert(consents).values({
        id: randomUUID(),
        caseId,
        purpose: consentPurpose(slot),
        version,
        givenAt: this.clock.now(),
      }),
    );
  }

  consents(caseId: string) {
    return this.database.run((db) => db.select().from(consents).where(eq(consents.caseId, caseId)));
  }

  async open(
    draft: { caseId: string; conversationId: string },
    slot: Slot = 'id-front',
  ): Promise<UploadTicket> {
    return await this.service.open({
      conversationId: draft.conversationId,
      draftId: draft.caseId,
      slot,
      idempotencyKey: randomUUID(),
    });
  }

  /** A draft with consent, its open slot and the slot's ticket. */
  async opened(slot: Slot = 'id-front') {
    const draft = await this.draft();
    await this.consent(draft.caseId, slot);
    const ticket = secretOf(await this.open(draft, slot));
    return { ...draft, ticket };
  }

  documents(caseId: string) {
    return this.database.run((db) => db.select().from(documents).where(eq(documents.caseId, caseId)));
  }

  /** Messages that wait for this case's conversation. */
  async events(caseId: string): Promise<unknown[]> {
    const rows = await this.database.run((db) =>
      db.select().from(outbox).where(eq(outbox.orderingKey, caseId)).orderBy(sql`id`),
    );
    return rows.map((row) => row.payload);
  }
}

export function secretOf({ uploadUrl }: UploadTicket): string {
  return uploadUrl.slice(uploadUrl.lastIndexOf('/') + 1);
}

/** The code of a refusal, or `stored`. */
export function codeOf(outcome: UploadOutcome): string {
  return outcome.kind === 'stored' ? 'stored' : outcome.code;
}

export function storedOf(outcome: UploadOutcome): Extract<UploadOutcome, { kind: 'stored' }> {
  if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.code}`);
  return outcome;
}
