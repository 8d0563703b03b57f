import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { consents } from '../database/schema/index.ts';
import type { UploadRefusal } from '../domain/document.ts';
import type { TicketRow } from './slots.ts';

/**
 * Whether the customer has agreed to this document being taken, in the current wording. A file that
 * comes with the current version is consent given on the upload page, and is recorded here.
 */
export async function consentProblem(
  db: Queries,
  ticket: TicketRow,
  given: string | undefined,
  current: { version: string; now: Date },
): Promise<UploadRefusal | undefined> {
  if (given !== undefined && given !== current.version) return 'ConsentOutdated';
  const recorded = await db
    .select({ version: consents.version })
    .from(consents)
    .where(and(eq(consents.caseId, ticket.caseId), eq(consents.purpose, ticket.purpose)));
  if (recorded.some(({ version }) => version === current.version)) return undefined;
  if (given === undefined) return recorded.length > 0 ? 'ConsentOutdated' : 'ConsentRequired';
  await db
    .insert(consents)
    .values({
      id: randomUUID(),
      caseId: ticket.caseId,
      purpose: ticket.purpose,
      version: current.version,
      givenAt: current.now,
    })
    .onConflictDoNothing();
  return undefined;
}
