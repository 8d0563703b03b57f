import type { WaterfallStepContext } from 'botbuilder-dialogs';
import type { TextKey } from '../../locales/index.ts';
import { type Case, triesAreOver } from '../../src/domain/case.ts';
import { whenOf } from '../kit/format.ts';
import { say } from '../kit/index.ts';
import type { Services } from '../kit/services.ts';
import { approvedKey, isTalk, kindName, returnedLines } from './lines.ts';

function keyOf({ kind, state, returnedSlots }: Case): TextKey {
  switch (state) {
    case 'draft':
    case 'submitted':
      return isTalk(kind) ? 'case-status.waitingTalk' : 'case-status.submitted';
    case 'in-review':
      return isTalk(kind) ? 'case-status.waitingTalk' : 'case-status.in-review';
    case 'needs-more':
      if (triesAreOver(returnedSlots)) return 'case-status.tries-over';
      return returnedSlots.length > 0 ? 'case-status.needs-more' : 'case-status.needs-word';
    case 'approved':
      return approvedKey(kind);
    case 'rejected':
      return 'case-status.rejected';
    case 'withdrawn':
      return 'case-status.withdrawnAlready';
    case 'closed':
      return 'case-status.closed';
  }
}

/** Says how a case stands, from what is known and nothing more. */
export async function tellCase(services: Services, step: WaterfallStepContext, one: Case): Promise<void> {
  const { context } = step;
  const key = keyOf(one);
  const slots = {
    kind: kindName(one.kind),
    number: one.number ?? '',
    when: whenOf(services, new Date(one.submittedAt ?? one.createdAt)),
    count: one.returnedSlots.length,
    list: returnedLines(one.returnedSlots),
  };
  await say(context, key, slots, { data: { caseId: one.number } });
  const days = services.settings.reviewWorkingDays;
  if (days && key === 'case-status.submitted') await say(context, 'case-status.usualTime', days);
}
