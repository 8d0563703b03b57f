import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Flex } from 'antd';
import type { AuditCheck } from '../../../domain/audit.ts';
import { api } from '../api/client.ts';
import { useRefusalText, useReviewTexts } from '../review/texts.ts';
import { instant } from '../review/time.ts';
import { useSpeech } from '../texts.tsx';

interface Verified {
  check: AuditCheck;
  at: string;
}

/** Has the chain checked from its beginning and says what was found. */
export function Verification() {
  const t = useReviewTexts();
  const refusalText = useRefusalText();
  const { locale } = useSpeech();
  const verify = useMutation({
    mutationFn: async (): Promise<Verified> => ({
      check: await api<AuditCheck>('GET', '/audit/verification'),
      at: new Date().toISOString(),
    }),
  });
  const { data, error } = verify;
  const isIntact = data?.check.kind === 'intact';
  const found =
    data?.check.kind === 'intact'
      ? t('auditIntact', { rows: data.check.rows })
      : data && t(`auditTampered-${data.check.reason}`, { seq: data.check.seq });
  return (
    <Flex gap={12} align="center" wrap>
      {data && (
        <Alert
          type={isIntact ? 'success' : 'error'}
          showIcon
          role={isIntact ? 'status' : 'alert'}
          title={`${found} ${t('auditVerifiedAt', { at: instant(data.at, locale) })}`}
        />
      )}
      {error && <Alert type="error" showIcon role="alert" title={refusalText(error)} />}
      <Button
        icon={<SafetyCertificateOutlined aria-hidden />}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {t('auditVerify')}
      </Button>
    </Flex>
  );
}
