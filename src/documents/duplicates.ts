import { and, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { cases, documentDuplicates, documents, pictureHashes } from '../database/schema/index.ts';
import type { Slot } from '../domain/document.ts';
import { bandsOf, nearBands, signed } from './perceptual.ts';

/**
 * Bits of 64 in which two photos of the same thing may differ. Measured on drawn cards: at most 2 after recompressing
 * at quality 30, halving, blurring, darkening or turning, 16 and more between different pictures, but 1 to 5 between
 * the closest of 30 identity cards, which share a layout: a flag is no more than a hint. Not measured on real ones.
 */
const SIMILAR_BITS = 4;
const MOST = 20;

/** Screens of the same app look alike whoever took them. */
const looksTellApart = (slot: Slot) => slot !== 'evidence';

interface Added {
  documentId: string;
  caseId: string;
  slot: Slot;
  sha256: string;
  /** Of its four rotations, as it lies first; absent when the picture says nothing. */
  hashes: bigint[] | undefined;
}

/** Documents of other people: another customer, or another conversation of somebody unknown. */
async function ofOthers(tx: Queries, caseId: string): Promise<SQL | undefined> {
  const [own] = await tx.select().from(cases).where(eq(cases.id, caseId));
  if (!own) throw new Error('a document belongs to a case');
  const otherConversation = ne(cases.conversationId, own.conversationId);
  if (own.customerId === null) return otherConversation;
  return and(otherConversation, or(isNull(cases.customerId), ne(cases.customerId, own.customerId)));
}

function inSomeBand(hashes: bigint[]): SQL | undefined {
  const columns = [pictureHashes.band0, pictureHashes.band1, pictureHashes.band2, pictureHashes.band3];
  const wanted = columns.map((column, n) => {
    const bands = hashes.flatMap((hash) => nearBands(bandsOf(hash)[n] ?? 0));
    return inArray(column, [...new Set(bands)]);
  });
  return or(...wanted);
}

/** How many bits a stored hash is away from the nearest rotation. */
function nearest(hashes: bigint[]): SQL<number> {
  const each = hashes.map(
    (hash) => sql`bit_count((${pictureHashes.hash} # ${signed(hash).toString()}::bigint)::bit(64))`,
  );
  return sql<number>`least(${sql.join(each, sql`, `)})::int`;
}

/** Remembers what a new document looks like and flags those of other people that are the same or look alike. */
export async function flagDuplicates(tx: Queries, added: Added, at: Date): Promise<number> {
  const { documentId, caseId, slot, sha256, hashes } = added;
  const others = await ofOthers(tx, caseId);
  const same = await tx
    .select({ otherId: documents.id })
    .from(documents)
    .innerJoin(cases, eq(cases.id, documents.caseId))
    .where(and(eq(documents.contentSha256, sha256), ne(documents.id, documentId), others))
    .limit(MOST);
  const found = new Map<string, number | null>(same.map(({ otherId }) => [otherId, null]));
  if (hashes && looksTellApart(slot)) {
    for (const { otherId, distance } of await similar(tx, hashes, others))
      if (!found.has(otherId)) found.set(otherId, distance);
    const hash = hashes[0] ?? 0n;
    const [band0, band1, band2, band3] = bandsOf(hash);
    await tx.insert(pictureHashes).values({ documentId, hash: signed(hash), band0, band1, band2, band3 });
  }
  const flags = [...found].map(([otherId, distance]) => ({ documentId, otherId, distance, foundAt: at }));
  if (flags.length > 0) await tx.insert(documentDuplicates).values(flags);
  return flags.length;
}

function similar(tx: Queries, hashes: bigint[], others: SQL | undefined) {
  const distance = nearest(hashes);
  return tx
    .select({ otherId: pictureHashes.documentId, distance })
    .from(pictureHashes)
    .innerJoin(documents, eq(documents.id, pictureHashes.documentId))
    .innerJoin(cases, eq(cases.id, documents.caseId))
    .where(and(inSomeBand(hashes), sql`${distance} <= ${SIMILAR_BITS}`, others))
    .orderBy(distance)
    .limit(MOST);
}
