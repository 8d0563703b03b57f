import type { ReviewCase } from '../model.ts';
import type { ReviewText } from '../texts.ts';
import { Conclusion } from './conclusion.tsx';
import { Proposal } from './proposal.tsx';
import type { Work } from './work.ts';

/** What is to be decided about the case as a whole: by one, or by a second person. */
export function Settlement({
  work,
  onDone,
}: {
  work: Work;
  onDone(told: ReviewText, now: ReviewCase): void;
}) {
  const { proposal } = work.one;
  return (
    <>
      {proposal && <Proposal {...{ work, proposal, onDone }} />}
      <Conclusion {...{ work, onDone }} />
    </>
  );
}
