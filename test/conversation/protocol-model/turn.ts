import type { Claim, TurnOutcome } from '../../../src/conversation/store.ts';
import type { AnswerMark } from './invariants.ts';
import type { SpecTurn } from './specification.ts';

/** The messages that a state says were answered. */
export function answeredIn(state: Claim['state']): number[] {
  return (state.answered ?? []) as number[];
}

/** The turn of a claim's first message: always the same for the same claim, with none to two replies. */
export function turnOf(claim: Claim): { outcome: TurnOutcome; promised: SpecTurn } {
  const { fence, messages } = claim;
  const seq = messages[0]?.seq ?? 0;
  const parts = [1, 2, 1, 0][(seq + fence) % 4] ?? 1;
  const marks = Array.from(
    { length: parts },
    (_, part): AnswerMark => ({ answers: seq, fence, part, parts }),
  );
  const replies = marks.map(({ part }) => `reply ${part + 1} of ${parts} to ${seq} under fence ${fence}`);
  const answered = [...answeredIn(claim.state), seq];
  const mode = (['bot', 'queued', 'human'] as const)[fence % 3] ?? 'bot';
  return {
    outcome: {
      seq,
      mode,
      state: { answered },
      replies: marks.map((channelData, n) => ({ type: 'message', text: replies[n] ?? '', channelData })),
    },
    promised: { seq, mode, answered, replies },
  };
}
