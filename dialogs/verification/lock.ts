import type { WaterfallStepContext } from 'botbuilder-dialogs';
import type { Blocker, Lookup } from '../../src/domain/platform.ts';
import { whenOf } from '../kit/format.ts';
import { findBlockers, say } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

/** 验证锁定: the platform takes no verification for a while. */
export type Lock = Extract<Blocker, { code: 'VERIFICATION_LOCKED' }>;

/** The lock on any of the customer's cards. */
export async function findLock(services: Services, customerId: string): Promise<Lookup<Lock>> {
  const found = await findBlockers(services, customerId);
  if (found.kind !== 'found') return found;
  const value = found.value
    .flatMap(({ blockers }) => blockers)
    .find((blocker): blocker is Lock => blocker.code === 'VERIFICATION_LOCKED');
  return value ? { kind: 'found', value } : { kind: 'not-found' };
}

/** Whether the time that the platform has told is over. */
export function isOver(lock: Lock, services: Pick<Services, 'clock'>): boolean {
  return lock.until !== undefined && new Date(lock.until) <= services.clock.now();
}

/** Says to stop trying, why it is locked, and until when as far as the platform has told. */
export async function tellLock(
  step: WaterfallStepContext,
  services: Services,
  lock: Lock | undefined,
): Promise<void> {
  await say(step.context, 'verification.locked');
  if (!lock?.until) return say(step.context, 'verification.untilUnknown');
  const until = whenOf(services, lock.until);
  await say(step.context, isOver(lock, services) ? 'verification.untilPassed' : 'verification.until', {
    until,
  });
}
