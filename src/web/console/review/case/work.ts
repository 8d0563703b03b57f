import { mayDo } from '../../../../domain/staff.ts';
import { useSession } from '../../api/session.ts';
import { type Step, useStep } from '../data.ts';
import { currentOf, type ReviewCase, type ReviewDocument } from '../model.ts';

/** Whether a reviewer can do anything with it now. */
export const isOpen = ({ state, returnedSlots }: ReviewCase): boolean =>
  state === 'submitted' ||
  state === 'in-review' ||
  (state === 'needs-more' && returnedSlots.some(({ triesOver }) => triesOver));

/** What the verdicts come to so far. */
export type Outlook =
  | { kind: 'open'; count: number }
  | { kind: 'return'; documents: ReviewDocument[] }
  | { kind: 'reject' }
  | { kind: 'approve' }
  /** Without documents somebody has to say. */
  | { kind: 'say' };

export function outlookOf(one: ReviewCase): Outlook {
  const current = currentOf(one);
  if (current.length === 0) return { kind: 'say' };
  const verdicts = (verdict: string) => current.filter((document) => document.verdict?.verdict === verdict);
  // One refused document decides, whatever the others are like.
  if (verdicts('final').length > 0) return { kind: 'reject' };
  const open = current.filter(({ verdict }) => verdict === null);
  if (open.length > 0) return { kind: 'open', count: open.length };
  const returned = verdicts('retry');
  return returned.length > 0 ? { kind: 'return', documents: returned } : { kind: 'approve' };
}

/** What whoever looks at the case may do with it, and the doing. */
export interface Work {
  one: ReviewCase;
  isMine: boolean;
  /** Theirs, undecided, and nothing waits for a second person. */
  mayJudge: boolean;
  maySupervise: boolean;
  pending: boolean;
  /** The case as it was after the last step from here. */
  last: ReviewCase | undefined;
  refusal: unknown;
  forgetRefusal(): void;
  /** Carries out a step with the version that is looked at; whether it was. */
  run(step: Step): Promise<ReviewCase | undefined>;
}

export function useWork(one: ReviewCase): Work {
  const { data } = useSession();
  const { mutateAsync, isPending, data: last, error, reset } = useStep(one.number);
  const isMine = one.holder?.me === true;
  return {
    one,
    isMine,
    mayJudge: isMine && one.state === 'in-review' && one.proposal === null,
    maySupervise: data?.session ? mayDo(data.session.member.roles, 'supervise') : false,
    pending: isPending,
    last,
    refusal: error ?? undefined,
    forgetRefusal: reset,
    run: async (step) => (isPending ? undefined : mutateAsync(step).catch(() => undefined)),
  };
}
