import { Form, Input, Typography } from 'antd';
import { useLoginStep } from '../api/session.ts';
import { useSpeech } from '../texts.tsx';
import { StepForm } from './step-form.tsx';

interface Typed {
  current?: string;
  next: string;
}

/** One's own password, in place of a temporary one or, with `current`, of the one before. */
export function NewPassword({ withCurrent = false, onDone }: { withCurrent?: boolean; onDone?(): void }) {
  const { t } = useSpeech();
  const change = useLoginStep<Typed>('/password');
  const required = [{ required: true, message: t('required') }];
  return (
    <StepForm<Typed>
      onFinish={(typed) => change.mutate(typed, { onSuccess: () => onDone?.() })}
      pending={change.isPending}
      error={change.error}
      button={t('save')}
    >
      {!withCurrent && <Typography.Title level={5}>{t('newPasswordTitle')}</Typography.Title>}
      {withCurrent && (
        <Form.Item name="current" label={t('currentPassword')} rules={required}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      )}
      <Form.Item name="next" label={t('newPassword')} extra={t('newPasswordHint')} rules={required}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </StepForm>
  );
}
