import { Tag } from 'antd';
import type { CaseState } from '../../../domain/case.ts';
import type { ReviewDocument } from './model.ts';
import { useReviewTexts } from './texts.ts';

const STATE_COLORS: Partial<Record<CaseState, string>> = {
  submitted: 'blue',
  'in-review': 'cyan',
  'needs-more': 'gold',
  approved: 'green',
  rejected: 'red',
};

/** How a case stands. */
export function StateTag({ state }: { state: CaseState }) {
  const t = useReviewTexts();
  return <Tag color={STATE_COLORS[state] ?? 'default'}>{t(`state-${state}`)}</Tag>;
}

const VERDICT_COLORS = { none: 'default', accepted: 'green', retry: 'gold', final: 'red' } as const;

/** What has been made of a document. */
export function VerdictTag({ verdict }: Pick<ReviewDocument, 'verdict'>) {
  const t = useReviewTexts();
  const kind = verdict?.verdict ?? 'none';
  return <Tag color={VERDICT_COLORS[kind]}>{t(`verdict-${kind}`)}</Tag>;
}
