import { useMutation } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Radio } from 'antd';
import { api } from '../api/client.ts';
import { useRefusalText, useReviewTexts } from '../review/texts.ts';
import { useSpeech } from '../texts.tsx';

interface Typed {
  of: 'case' | 'customer';
  subject: string;
  reason: string;
}

/** Asks what is to be kept until further notice, and on what grounds. */
export function HoldForm(props: { open: boolean; onClose(): void; onSet(): void }) {
  const t = useReviewTexts();
  const { t: say } = useSpeech();
  const refusalText = useRefusalText();
  const { open, onClose, onSet } = props;
  const [form] = Form.useForm<Typed>();
  const of = Form.useWatch('of', form) ?? 'case';
  const save = useMutation({
    mutationFn: ({ of: kind, subject, reason }: Typed) =>
      api('POST', '/review/holds', {
        reason,
        ...(kind === 'case' ? { caseNumber: subject.trim() } : { customerId: subject.trim() }),
      }),
    onSuccess: onSet,
  });
  const required = { required: true, whitespace: true, message: say('required') };
  return (
    <Modal
      open={open}
      title={t('holdNew')}
      okText={t('holdNew')}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => {
        save.reset();
        form.resetFields();
      }}
    >
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={{ of: 'case' }}
        onFinish={(typed) => save.mutate(typed)}
      >
        <Form.Item name="of" label={t('holdOf')}>
          <Radio.Group
            options={[
              { value: 'case', label: t('holdOfCase') },
              { value: 'customer', label: t('holdOfCustomer') },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="subject"
          label={t(of === 'case' ? 'holdCaseNumber' : 'customerId')}
          rules={[
            required,
            ...(of === 'case' ? [{ pattern: /^\s*JB\d{14}\s*$/, message: t('auditCaseForm') }] : []),
          ]}
        >
          <Input maxLength={128} spellCheck={false} />
        </Form.Item>
        <Form.Item name="reason" label={t('holdReason')} rules={[required]}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
      {save.error && <Alert type="error" showIcon role="alert" title={refusalText(save.error)} />}
    </Modal>
  );
}
