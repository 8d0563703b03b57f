import { and, eq, inArray } from 'drizzle-orm';
import type { Queries } from '../database/database.ts';
import { destroyKeys } from '../database/document-keys.ts';
import { documents } from '../database/schema/index.ts';
import type { ReturnedSlot } from '../domain/case.ts';
import type { Clock } from '../domain/clock.ts';
import type { CaseRow } from './rows.ts';

/**
 * Empties these slots, so that the customer can fill them again. A picture that shows what nobody may keep is
 * destroyed at once; the others when a better one has come.
 */
export async function reopenSlots(
  tx: Queries,
  clock: Clock,
  { row, returned, actor }: { row: CaseRow; returned: readonly ReturnedSlot[]; actor: string },
): Promise<void> {
  for (const { slot, reason } of returned) {
    await tx
      .update(documents)
      .set({ state: 'replaced', verdict: 'retry', verdictReason: reason })
      .where(and(eq(documents.caseId, row.id), eq(documents.slot, slot), eq(documents.state, 'stored')));
  }
  const sensitive = returned.filter(({ reason }) => reason === 'SENSITIVE_VISIBLE').map(({ slot }) => slot);
  if (sensitive.length === 0) return;
  const shown = and(eq(documents.caseId, row.id), inArray(documents.slot, sensitive));
  await destroyKeys(tx, shown, { at: clock.now(), actor, why: 'sensitive-visible' });
}
