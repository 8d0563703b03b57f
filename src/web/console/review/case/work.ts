import { mayDo } from '../../../../domain/staff.ts';
import { useSession } from '../../api/session.ts';
import { type Step, useStep } from '../data.ts';
import type { ReviewCase } from '../model.ts';

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
