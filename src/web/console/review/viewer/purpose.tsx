import { Alert, Modal, Radio } from 'antd';
import { useState } from 'react';
import { VIEW_PURPOSES, type ViewPurpose } from '../../../../domain/review.ts';
import { useRefusalText, useReviewTexts } from '../texts.ts';

/** Asks what somebody needs a plain picture for. */
export function PurposeQuestion(props: {
  open: boolean;
  onClose(): void;
  onUnmask(purpose: ViewPurpose): Promise<void>;
}) {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const { open, onClose, onUnmask } = props;
  const [purpose, setPurpose] = useState<ViewPurpose>();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<unknown>();

  async function unmask(): Promise<void> {
    if (!purpose || pending) return;
    setPending(true);
    setRefusal(undefined);
    try {
      await onUnmask(purpose);
      onClose();
    } catch (error) {
      setRefusal(error);
    } finally {
      setPending(false);
    }
  }

  return (
    <Modal
      open={open}
      title={t('plainTitle')}
      okText={t('showPlain')}
      okButtonProps={{ disabled: !purpose, loading: pending }}
      onOk={() => void unmask()}
      onCancel={onClose}
      afterClose={() => {
        setPurpose(undefined);
        setRefusal(undefined);
      }}
      destroyOnHidden
    >
      <Alert type="warning" showIcon title={t('plainHint')} />
      <Radio.Group
        className="purpose-list"
        value={purpose}
        onChange={({ target }) => setPurpose(target.value)}
        options={VIEW_PURPOSES.map((one) => ({ value: one, label: t(`purpose-${one}`) }))}
      />
      {refusal !== undefined && <Alert type="error" showIcon role="alert" title={refusalText(refusal)} />}
    </Modal>
  );
}
