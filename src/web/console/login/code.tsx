import { Form, Input, Typography } from 'antd';
import { useLoginStep } from '../api/session.ts';
import { useSpeech } from '../texts.tsx';
import { StepForm } from './step-form.tsx';

export function Code() {
  const { t } = useSpeech();
  const give = useLoginStep<{ code: string }>('/login/code');
  return (
    <StepForm<{ code: string }>
      onFinish={(typed) => give.mutate(typed)}
      pending={give.isPending}
      error={give.error}
    >
      <Typography.Title level={5}>{t('codeTitle')}</Typography.Title>
      <Form.Item name="code" label={t('code')} rules={[{ required: true, message: t('required') }]}>
        <Input autoComplete="one-time-code" inputMode="text" autoFocus />
      </Form.Item>
    </StepForm>
  );
}
