import type { WaterfallStepContext } from 'botbuilder-dialogs';
import type { UnbindRequest } from '../../src/domain/platform.ts';
import { whenOf } from '../kit/format.ts';
import { say, turnOf } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';

async function tell(
  services: Services,
  step: WaterfallStepContext,
  { status, submittedAt, completedAt, revocableUntil }: UnbindRequest,
): Promise<void> {
  const { context } = step;
  const when = whenOf(context, services, completedAt ?? submittedAt);
  await say(context, `referral.request-${status}`, { when });
  if (status !== 'processing') return;
  const revocable = revocableUntil !== undefined && new Date(revocableUntil) > services.clock.now();
  if (revocable)
    await say(context, 'referral.revocable', { until: whenOf(context, services, revocableUntil) });
  else await say(context, 'referral.revocableUnknown');
}

/** Says how the customer's latest unbind request stands; false when the platform could not tell. */
export async function tellRequest(services: Services, step: WaterfallStepContext): Promise<boolean> {
  const { customerId } = turnOf(step.context);
  const found = customerId ? await services.platform.unbindRequests(customerId) : undefined;
  if (found?.kind !== 'found') return false;
  const [latest] = found.value;
  if (latest) await tell(services, step, latest);
  else await say(step.context, 'referral.request-none');
  return true;
}
