import type { TurnContext } from 'botbuilder';
import type { TextKey } from '../../locales/index.ts';
import type { CaseChanged } from '../../src/domain/case.ts';
import { type Line, say } from '../kit/index.ts';
import { approvedKey, isTalk, kindName, returnedLines } from './lines.ts';

interface Notice {
  key: TextKey;
  choices: Line[];
}

const PERSON: Line = { key: 'common.toHuman' };

function noticeOf({ kind, state, returnedSlots }: CaseChanged): Notice | undefined {
  switch (state) {
    // The customer did this just now and has been answered.
    case 'draft':
    case 'submitted':
      return undefined;
    case 'withdrawn':
      return { key: 'case-status.withdrawnAlready', choices: [{ key: 'common.startFailing' }] };
    case 'in-review':
      return { key: isTalk(kind) ? 'case-status.notice-taken' : 'case-status.notice-in-review', choices: [] };
    case 'needs-more': {
      const key =
        returnedSlots.length > 0 ? 'case-status.notice-needs-more' : 'case-status.notice-needs-word';
      return { key, choices: [{ key: 'case-status.sendAgain' }, PERSON] };
    }
    case 'approved': {
      const next: Line[] = [{ key: 'common.startHow' }, { key: 'common.startFailing' }];
      if (kind === 'dispute') return { key: approvedKey(kind), choices: [PERSON] };
      return { key: approvedKey(kind), choices: isTalk(kind) ? [] : next };
    }
    case 'rejected':
      return { key: 'case-status.rejected', choices: [PERSON, { key: 'common.startFailing' }] };
    case 'closed':
      return { key: 'case-status.closed', choices: [] };
  }
}

/** Tells a customer, unasked, that a case of theirs has moved; says nothing about their own doing. */
export async function sayCaseChanged(context: TurnContext, change: CaseChanged): Promise<void> {
  const notice = noticeOf(change);
  if (!notice) return;
  const slots = {
    kind: kindName(change.kind),
    number: change.number,
    count: change.returnedSlots.length,
    list: returnedLines(change.returnedSlots),
  };
  await say(context, notice.key, slots, { choices: notice.choices, data: { caseId: change.number } });
}
