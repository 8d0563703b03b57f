import { Button, Typography } from 'antd';
import { useSpeech } from '../texts.tsx';

export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept(): void }) {
  const { t } = useSpeech();
  return (
    <section>
      <Typography.Title level={5}>{t('recoveryTitle')}</Typography.Title>
      <Typography.Paragraph type="secondary" copyable={{ text: codes.join('\n') }}>
        {t('recoveryHint')}
      </Typography.Paragraph>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button type="primary" block onClick={onKept} style={{ marginTop: 16 }}>
        {t('recoveryKept')}
      </Button>
    </section>
  );
}
