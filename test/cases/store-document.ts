import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/database/database.ts';
import { documents } from '../../src/database/schema/index.ts';
import type { Slot } from '../../src/domain/document.ts';

let stored = 0;

/** Fills a slot the way the documents service does; returns the document's id. */
export async function storeDocument(database: Database, caseId: string, slot: Slot): Promise<string> {
  const id = randomUUID();
  await database.run((db) =>
    db.insert(documents).values({
      id,
      caseId,
      slot,
      state: 'stored',
      conversationId: 'c-documents',
      contentSha256: 'a'.repeat(64),
      mediaType: 'image/jpeg',
      width: 1200,
      height: 800,
      sizeBytes: 90_000,
      warnings: ['dark'],
      keyId: 'k1',
      wrappedKey: 'd3JhcHBlZA==',
      blobKey: `blob-${id}`,
      createdAt: new Date(Date.parse('2026-11-23T02:00:00Z') + ++stored),
    }),
  );
  return id;
}
