import { Button, Checkbox } from 'antd';
import type { Check } from '../../../../domain/review.ts';
import type { ReviewText } from '../texts.ts';
import { useReviewTexts } from '../texts.ts';

/** What to look at on a document; whatever is not so leads to its reason. */
export function Checklist(props: {
  checklist: readonly Check[];
  checked: string[];
  disabled: boolean;
  onToggle(id: string): void;
  onNot(check: Check): void;
}) {
  const t = useReviewTexts();
  const { checklist, checked, disabled, onToggle, onNot } = props;
  return (
    <ol className="checklist" aria-label={t('checks')}>
      {checklist.map((check, index) => (
        <li key={check.id}>
          <kbd aria-hidden>{index + 1}</kbd>
          <Checkbox
            checked={checked.includes(check.id)}
            disabled={disabled}
            onChange={() => onToggle(check.id)}
          >
            {t(`check-${check.id}` as ReviewText)}
          </Checkbox>
          <Button
            type="text"
            size="small"
            disabled={disabled}
            aria-label={t('checkNotFor', { reason: t(`reason-${check.otherwise}`) })}
            title={t(`reason-${check.otherwise}`)}
            onClick={() => onNot(check)}
          >
            {t('checkNot')}
          </Button>
        </li>
      ))}
    </ol>
  );
}
