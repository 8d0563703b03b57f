import { Button, Form, Input, Modal, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { onStepUp } from '../api/client.ts';
import { useLoginStep } from '../api/session.ts';
import { StepForm } from '../login/step-form.tsx';
import { useSpeech } from '../texts.tsx';

/** Asks for a fresh code whenever the server wants one; what was refused for it is then tried again. */
export function StepUp({ oidc }: { oidc: boolean }) {
  const { t } = useSpeech();
  const [answer, setAnswer] = useState<{ give(given: boolean): void }>();
  const confirm = useLoginStep<{ code: string }>('/step-up');

  useEffect(() => {
    onStepUp(() => new Promise<boolean>((resolve) => setAnswer({ give: resolve })));
    return () => onStepUp(async () => false);
  }, []);

  function finish(given: boolean): void {
    answer?.give(given);
    setAnswer(undefined);
    confirm.reset();
  }

  return (
    <Modal
      open={answer !== undefined}
      title={t('stepUpTitle')}
      footer={null}
      onCancel={() => finish(false)}
      destroyOnHidden
    >
      <Typography.Paragraph type="secondary">{t('stepUpHint')}</Typography.Paragraph>
      <StepForm<{ code: string }>
        onFinish={(typed) => confirm.mutate(typed, { onSuccess: () => finish(true) })}
        pending={confirm.isPending}
        error={confirm.error}
        button={t('confirm')}
      >
        <Form.Item name="code" label={t('code')} rules={[{ required: true, message: t('required') }]}>
          <Input.Password autoComplete="one-time-code" autoFocus visibilityToggle={false} />
        </Form.Item>
      </StepForm>
      {oidc && (
        <Button block type="link" href="../api/console/oidc/start?purpose=step-up">
          {t('stepUpProvider')}
        </Button>
      )}
    </Modal>
  );
}
