import type { TurnContext } from 'botbuilder';
import type { TextKey } from '../../locales/index.ts';
import { type CaseChanged, triesAreOver } from '../../src/domain/case.ts';
import type { BlockerCode } from '../../src/domain/platform.ts';
import { leftBy } from '../diagnose/concerns.ts';
import { matters } from '../diagnose/names.ts';
import { type Line, say } from '../kit/index.ts';
import { approvedKey, isTalk, kindName, returnedLines } from './lines.ts';

interface Notice {
  key: TextKey;
  /** What else the plan holds. */
  left?: BlockerCode[];
  choices: Line[];
}

const PERSON: Line = { key: 'common.toHuman' };
const GO_ON: Line = { key: 'diagnose.goOn' };

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
      if (triesAreOver(returnedSlots)) return { key: 'case-status.tries-over', choices: [PERSON] };
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

/** A decision about something of a plan leads back to it: what is left is not tried before it is solved. */
function inPlan(context: TurnContext, { kind, state }: CaseChanged, notice: Notice): Notice {
  const left = state === 'approved' || state === 'rejected' ? leftBy(context, kind) : undefined;
  if (!left) return notice;
  if (state === 'rejected') return { ...notice, choices: left.length > 0 ? [PERSON, GO_ON] : notice.choices };
  if (left.length === 0) return { ...notice, choices: [GO_ON, PERSON] };
  return { key: 'case-status.approved-planned', choices: [GO_ON, PERSON], left };
}

/** Tells a customer, unasked, that a case of theirs has moved; says nothing about their own doing. */
export async function sayCaseChanged(context: TurnContext, change: CaseChanged): Promise<void> {
  const plain = noticeOf(change);
  if (!plain) return;
  const notice = inPlan(context, change, plain);
  const slots = {
    kind: kindName(change.kind),
    number: change.number,
    count: change.returnedSlots.length,
    left: matters(notice.left ?? []),
    list: returnedLines(change.returnedSlots),
  };
  await say(context, notice.key, slots, { choices: notice.choices, data: { caseId: change.number } });
}
