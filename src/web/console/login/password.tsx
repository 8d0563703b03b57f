import { Form, Input } from 'antd';
import { useLoginStep } from '../api/session.ts';
import { useSpeech } from '../texts.tsx';
import { StepForm } from './step-form.tsx';

export function Password() {
  const { t } = useSpeech();
  const login = useLoginStep<{ login: string; password: string }>('/login');
  const required = [{ required: true, message: t('required') }];
  return (
    <StepForm<{ login: string; password: string }>
      onFinish={(typed) => login.mutate(typed)}
      pending={login.isPending}
      error={login.error}
      button={t('login')}
    >
      <Form.Item name="login" label={t('loginName')} rules={required}>
        <Input autoComplete="username" autoFocus spellCheck={false} autoCapitalize="none" />
      </Form.Item>
      <Form.Item name="password" label={t('password')} rules={required}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
    </StepForm>
  );
}
