import { Alert, Checkbox, Input, Modal, Radio } from 'antd';
import type { Decision } from '../model.ts';
import { useRefusalText, useReviewTexts } from '../texts.ts';
import type { Outlook } from './outlook.ts';
import type { Work } from './work.ts';

/** What the customer reads when it is concluded like this, where it is known by now. */
function wordsFor({ work, outlook, said }: { work: Work; outlook: Outlook; said: Decision | undefined }) {
  const { customerTexts } = work.one;
  if (said === 'rejected' || outlook.kind === 'reject') return customerTexts.rejected;
  return outlook.kind === 'return' ? customerTexts.returned : null;
}

/** The last question before a conclusion goes out: what the customer reads, who has to agree, and a note. */
export function ConclusionQuestion(props: {
  open: boolean;
  what: string;
  work: Work;
  outlook: Outlook;
  said: Decision | undefined;
  note: string;
  onSay(said: Decision | undefined): void;
  onNote(note: string): void;
  onClose(): void;
  onConclude(): Promise<void>;
}) {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const { open, what, work, outlook, said, note, onSay, onNote, onClose, onConclude } = props;
  const { one } = work;
  const rejects = said === 'rejected' || outlook.kind === 'reject';
  const approves = !rejects && (outlook.kind === 'approve' || said === 'approved');
  const needsNote = said === 'rejected' && outlook.kind !== 'reject';
  const isSaid = outlook.kind !== 'say' || said !== undefined;
  const words = wordsFor({ work, outlook, said });
  return (
    <Modal
      open={open}
      title={t('concludeTitle', { what: rejects ? t('concludeReject') : what })}
      okText={t('conclude')}
      okButtonProps={{
        danger: rejects,
        loading: work.pending,
        disabled: !work.mayJudge || !isSaid || outlook.kind === 'open' || (needsNote && note.trim() === ''),
      }}
      onOk={onConclude}
      onCancel={onClose}
    >
      <div className="conclusion-question">
        {outlook.kind === 'say' && (
          <Radio.Group
            value={said}
            onChange={({ target }) => onSay(target.value)}
            options={[
              { value: 'approved', label: t('concludeApprove') },
              { value: 'rejected', label: t('concludeReject') },
            ]}
          />
        )}
        {outlook.kind === 'approve' && (
          <Checkbox
            checked={said === 'rejected'}
            onChange={({ target }) => onSay(target.checked ? 'rejected' : undefined)}
          >
            {t('concludeAgainst')}
          </Checkbox>
        )}
        {words && (
          <figure className="customer-reads">
            <figcaption>{t('customerReads')}</figcaption>
            <blockquote lang={one.customerTexts.locale}>{words}</blockquote>
          </figure>
        )}
        {rejects && <Alert type="info" showIcon title={t('needsSecond-final')} />}
        {approves && (
          <Alert
            type="info"
            showIcon
            title={t(one.kind === 'risk-lock' ? 'needsSecond-risk-lock' : 'maySample')}
          />
        )}
        <Input.TextArea
          aria-label={t('concludeNote')}
          placeholder={t('concludeNote')}
          rows={3}
          maxLength={2000}
          value={note}
          onChange={({ target }) => onNote(target.value)}
        />
        {needsNote && <p className="is-idle">{t('concludeNoteNeeded')}</p>}
        {work.refusal !== undefined && (
          <Alert type="error" showIcon role="alert" title={refusalText(work.refusal)} />
        )}
      </div>
    </Modal>
  );
}
