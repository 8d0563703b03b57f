import type { Blocker } from '../../src/domain/platform.ts';
import { stepName } from '../diagnose/names.ts';
import { findBlockers, type Line } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

export type MaintenanceBlocker = Extract<Blocker, { code: 'MAINTENANCE' }>;

/** A maintenance that stands in the way of the customer's own card, and what else does. */
export interface OwnMaintenance {
  blocker: MaintenanceBlocker;
  others: Line[];
}

/** Whether a maintenance concerns a card of the customer; `unknown` for visitors and when nobody can tell. */
export async function ownMaintenance(
  services: Services,
  customerId: string | undefined,
): Promise<OwnMaintenance | 'none' | 'unknown'> {
  const found = customerId ? await findBlockers(services, customerId) : undefined;
  if (found?.kind !== 'found') return 'unknown';
  for (const { blockers } of found.value) {
    const blocker = blockers.find((one): one is MaintenanceBlocker => one.code === 'MAINTENANCE');
    if (!blocker) continue;
    const others = blockers.filter((one) => one !== blocker).map(({ code }) => stepName(code));
    return { blocker, others };
  }
  return 'none';
}
