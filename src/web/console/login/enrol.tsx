import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Flex, Form, Input, QRCode, Typography } from 'antd';
import { api } from '../api/client.ts';
import { useLoginStep } from '../api/session.ts';
import { useSpeech } from '../texts.tsx';
import { StepForm } from './step-form.tsx';

/** A second factor for whoever has none: scan, and show its first code. */
export function Enrol({ onRecoveryCodes }: { onRecoveryCodes(codes: string[]): void }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['second-factor'],
    queryFn: () => api<{ secret: string; uri: string }>('POST', '/login/second-factor'),
    // Each call makes another secret.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const confirm = useLoginStep<{ code: string }>('/login/second-factor/confirm');
  return (
    <StepForm<{ code: string }>
      onFinish={(typed) =>
        confirm.mutate(typed, {
          onSuccess: ({ recoveryCodes }) => {
            client.removeQueries({ queryKey: ['second-factor'] });
            onRecoveryCodes(recoveryCodes ?? []);
          },
        })
      }
      pending={confirm.isPending}
      error={confirm.error}
    >
      <Typography.Title level={5}>{t('enrolTitle')}</Typography.Title>
      <Typography.Paragraph type="secondary">{t('enrolHint')}</Typography.Paragraph>
      <Flex vertical align="center" gap={8}>
        <QRCode value={data?.uri ?? '-'} status={data ? 'active' : 'loading'} size={184} />
        <Typography.Text type="secondary">{t('enrolManual')}</Typography.Text>
        <Typography.Text code copyable={data !== undefined}>
          {data?.secret ?? '…'}
        </Typography.Text>
      </Flex>
      <Form.Item name="code" label={t('codeTitle')} rules={[{ required: true, message: t('required') }]}>
        <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} autoFocus />
      </Form.Item>
    </StepForm>
  );
}
