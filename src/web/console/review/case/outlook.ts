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
