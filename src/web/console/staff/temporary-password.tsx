import { Button, Modal, Typography } from 'antd';
import { useSpeech } from '../texts.tsx';

/** A password that is told once. */
export function TemporaryPassword(props: {
  told: { name: string; password: string } | undefined;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const { told, onClose } = props;
  return (
    <Modal
      open={told !== undefined}
      title={t('temporaryTitle')}
      closable={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      <Typography.Paragraph type="secondary">
        {t('temporaryHint', { name: told?.name ?? '' })}
      </Typography.Paragraph>
      <Typography.Text code copyable style={{ fontSize: 18 }}>
        {told?.password ?? ''}
      </Typography.Text>
    </Modal>
  );
}
