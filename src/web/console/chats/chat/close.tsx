import { Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { WRAP_UP_CODES, type WrapUpCode } from '../../../../domain/handoff.ts';
import { asksForSecret } from '../../../../domain/secret-request.ts';
import { useChatActions } from '../actions.ts';
import type { Chat } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

interface Typed {
  code: WrapUpCode;
  summary?: string;
  note?: string;
}

/** 会话小结: how it ended, what the customer is told, what colleagues should know. */
export function CloseDialog(props: { chat: Chat; open: boolean; onClose(): void; onDone(): void }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { chat, open, onClose, onDone } = props;
  const { step } = useChatActions();
  const [form] = Form.useForm<Typed>();
  const [saving, setSaving] = useState(false);

  async function close({ code, summary, note }: Typed): Promise<void> {
    setSaving(true);
    const body = { code, ...(summary?.trim() && { summary }), ...(note?.trim() && { note }) };
    const ended = await step(`/chats/${chat.id}/close`, body);
    setSaving(false);
    if (!ended) return;
    form.resetFields();
    onDone();
  }

  const noSecret = {
    validator: async (_: unknown, text?: string) => {
      const secret = asksForSecret(text ?? '');
      if (secret) throw new Error(t('secretAsked', { secret: words.term('secret', secret) }));
    },
  };
  return (
    <Modal
      open={open}
      title={t('closeChat')}
      okText={t('closeChat')}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={saving}
      destroyOnHidden
    >
      <Form<Typed> form={form} layout="vertical" onFinish={(typed) => void close(typed)}>
        <Form.Item name="code" label={t('wrapUp')} rules={[{ required: true, message: t('chooseOne') }]}>
          <Radio.Group
            className="wrap-up-codes"
            options={WRAP_UP_CODES.map((value) => ({ value, label: t(`code-${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="summary" label={t('summary')} extra={t('summaryHint')} rules={[noSecret]}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        <Form.Item name="note" label={t('closeNote')} extra={t('noteHint')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
