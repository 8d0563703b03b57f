import { Button, Input, Radio } from 'antd';
import { FINAL_REASONS, type FinalReason } from '../../../../domain/case.ts';
import { useReviewTexts } from '../texts.ts';
import type { VerdictForm } from './draft.ts';
import type { Work } from './work.ts';

type Form = Extract<VerdictForm, { kind: 'refuse' }>;

/** 终审拒绝 of one document: the reason is the desk's own, and a second person has to agree. */
export function RefusalForm(props: {
  work: Work;
  /** The case is not theirs any more. */
  disabled: boolean;
  form: Form;
  onForm(form: Form): void;
  onCancel(): void;
  onRefuse(reason: FinalReason, note: string): void;
}) {
  const t = useReviewTexts();
  const { work, disabled, form, onForm, onCancel, onRefuse } = props;
  const { reason, note } = form;
  return (
    <div className="verdict-form">
      <h3>{t('refuseTitle')}</h3>
      <p className="is-idle">{t('refuseHint')}</p>
      <Radio.Group
        className="reason-list"
        value={reason}
        onChange={({ target }) => onForm({ ...form, reason: target.value })}
        options={FINAL_REASONS.map((value) => ({ value, label: t(`reason-${value}`) }))}
      />
      <Input.TextArea
        aria-label={t('refuseNote')}
        placeholder={t('refuseNote')}
        rows={3}
        maxLength={2000}
        value={note}
        onChange={({ target }) => onForm({ ...form, note: target.value })}
      />
      <div className="verdict-buttons">
        <Button
          type="primary"
          danger
          disabled={!reason || note.trim() === '' || disabled}
          loading={work.pending}
          onClick={() => reason && onRefuse(reason, note.trim())}
        >
          {t('refuse')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </div>
  );
}
