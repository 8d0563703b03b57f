import type { CaseState } from './case.ts';
import type { Slot } from './document.ts';

/** 处理结果 that decides how long documents are kept; `abandoned` = a draft that was never submitted. */
export const RETENTION_OUTCOMES = ['approved', 'rejected', 'withdrawn', 'abandoned'] as const;
export type RetentionOutcome = (typeof RETENTION_OUTCOMES)[number];

/** 保存期限: days after the end of the case. A missing slot or outcome means all of them. */
export interface RetentionRule {
  slot?: Slot | undefined;
  outcome?: RetentionOutcome | undefined;
  days: number;
}

/** How long which documents are kept. Which terms the law sets is the operator's to say. */
export interface RetentionPolicy {
  defaultDays: number;
  rules: RetentionRule[];
}

/** Days that a document is kept after its case ended: by the rule that says most about it, the later of two alike. */
export function retentionDays(policy: RetentionPolicy, slot: Slot, outcome: RetentionOutcome): number {
  const weight = (rule: RetentionRule) => (rule.slot ? 2 : 0) + (rule.outcome ? 1 : 0);
  // Withdrawn: the purpose is gone at once (个人信息保护法 第47条), unless a rule says so of these.
  const everyOutcome = outcome !== 'withdrawn';
  const fitting = policy.rules
    .filter((rule) => (rule.slot ?? slot) === slot)
    .filter((rule) => (rule.outcome === undefined ? everyOutcome : rule.outcome === outcome))
    .sort((a, b) => weight(a) - weight(b));
  const otherwise = outcome === 'withdrawn' ? 0 : policy.defaultDays;
  return fitting.at(-1)?.days ?? otherwise;
}

/** How a case has ended as far as its documents go; undefined while it goes on. */
export function outcomeOf(one: {
  state: CaseState;
  decision: 'approved' | 'rejected' | null;
}): RetentionOutcome | undefined {
  switch (one.state) {
    case 'draft':
      return 'abandoned';
    case 'approved':
    case 'rejected':
    case 'withdrawn':
      return one.state;
    case 'closed':
      return one.decision ?? 'rejected';
    case 'submitted':
    case 'in-review':
    case 'needs-more':
      return undefined;
  }
}
