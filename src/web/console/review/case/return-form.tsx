import { Button, Select } from 'antd';
import { RETURN_REASONS, type ReturnReason } from '../../../../domain/case.ts';
import type { ReviewDocument } from '../model.ts';
import { useReviewTexts } from '../texts.ts';
import type { Work } from './work.ts';

/** 退回: this one document is asked for again, with the words that the customer gets. */
export function ReturnForm(props: {
  work: Work;
  document: ReviewDocument;
  /** The case is not theirs any more. */
  disabled: boolean;
  reason: ReturnReason | undefined;
  onReason(reason: ReturnReason): void;
  onCancel(): void;
  onReturn(reason: ReturnReason): void;
}) {
  const t = useReviewTexts();
  const { work, document, disabled, reason, onReason, onCancel, onReturn } = props;
  const { customerTexts } = work.one;
  // Those that the document's own list leads to come first.
  const likely = RETURN_REASONS.filter((one) =>
    document.checklist.some(({ otherwise }) => otherwise === one),
  );
  const reasons = [...likely, ...RETURN_REASONS.filter((one) => !likely.includes(one))];
  return (
    <div className="verdict-form">
      <h3>{t('returnTitle')}</h3>
      <Select<ReturnReason>
        aria-label={t('returnWhy')}
        placeholder={t('returnWhy')}
        autoFocus
        defaultOpen={reason === undefined}
        value={reason ?? null}
        onChange={onReason}
        options={reasons.map((value) => ({ value, label: t(`reason-${value}`) }))}
        showSearch={{ optionFilterProp: 'label' }}
      />
      {reason && (
        <figure className="customer-reads">
          <figcaption>{t('customerReads')}</figcaption>
          <blockquote lang={customerTexts.locale}>{customerTexts.reasons[reason]}</blockquote>
        </figure>
      )}
      <div className="verdict-buttons">
        <Button
          type="primary"
          disabled={!reason || disabled}
          loading={work.pending}
          onClick={() => reason && onReturn(reason)}
        >
          {t('return')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </div>
  );
}
