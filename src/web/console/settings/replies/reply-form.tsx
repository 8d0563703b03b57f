import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Select, Space } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef } from 'react';
import { api } from '../../api/client.ts';
import { changedMeanwhile } from '../data.ts';
import { useSettingsErrorText, useSettingsTexts } from '../texts.ts';

export interface QuickReply {
  id: string;
  shared: boolean;
  shortcut: string;
  title: string;
  text: string;
  locale: string;
  version: number;
}

type Words = Pick<QuickReply, 'shortcut' | 'title' | 'text' | 'locale'>;

const VARIABLES = ['customer', 'agent', 'case'] as const;
const FRESH: Words = { shortcut: '', title: '', text: '', locale: 'zh-CN' };

/** Makes a quick reply of everybody's or changes one. */
export function ReplyForm(props: { reply: QuickReply | undefined; onClose(): void; onSaved(): void }) {
  const t = useSettingsTexts();
  const errorText = useSettingsErrorText();
  const { reply, onClose, onSaved } = props;
  const [form] = Form.useForm<Words>();
  const area = useRef<TextAreaRef>(null);
  const save = useMutation({
    mutationFn: ({ words, version }: { words: Words; version: number | undefined }) =>
      reply
        ? api('PATCH', `/quick-replies/${reply.id}`, { ...words, version })
        : api('POST', '/quick-replies', { ...words, shared: true }),
    onSuccess: onSaved,
  });
  const meanwhile = changedMeanwhile(save.error);
  const theirs = meanwhile?.now as QuickReply | undefined;
  const required = { required: true, whitespace: true, message: t('required') };

  /** Where the cursor is. */
  function insert(variable: string): void {
    const field = area.current?.resizableTextArea?.textArea;
    const text = form.getFieldValue('text') ?? '';
    const [from, to] = [field?.selectionStart ?? text.length, field?.selectionEnd ?? text.length];
    form.setFieldValue('text', `${text.slice(0, from)}{{${variable}}}${text.slice(to)}`);
    field?.focus();
  }

  return (
    <Modal
      open
      width={620}
      title={t(reply ? 'replyEdit' : 'replyNew')}
      okText={t(theirs ? 'keepMine' : 'save')}
      cancelText={t('cancel')}
      onOk={() => form.submit()}
      confirmLoading={save.isPending}
      onCancel={onClose}
    >
      <Form<Words>
        form={form}
        layout="vertical"
        initialValues={reply ?? FRESH}
        onFinish={(words) => save.mutate({ words, version: meanwhile?.version ?? reply?.version })}
      >
        <Form.Item
          name="shortcut"
          label={t('replyShortcut')}
          extra={t('replyShortcutHint')}
          rules={[required, { pattern: /^[\p{L}\p{N}_-]{1,32}$/u, message: t('replyShortcutForm') }]}
        >
          <Input prefix="/" maxLength={32} />
        </Form.Item>
        <Form.Item name="title" label={t('replyTitle')} rules={[required]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="text" label={t('replyText')} rules={[required]}>
          <Input.TextArea ref={area} rows={5} maxLength={1000} showCount />
        </Form.Item>
        <Form.Item extra={t('replyVariablesHint')}>
          <Space wrap>
            {VARIABLES.map((variable) => (
              <Button key={variable} size="small" onClick={() => insert(variable)}>
                {t(`variable-${variable}`)}
              </Button>
            ))}
          </Space>
        </Form.Item>
        <Form.Item name="locale" label={t('replyLocale')}>
          <Select options={['zh-CN', 'zh-TW', 'en'].map((value) => ({ value }))} />
        </Form.Item>
      </Form>
      {theirs ? (
        <Alert
          type="warning"
          showIcon
          title={t('meanwhileTitle')}
          description={`${theirs.title}: ${theirs.text}`}
        />
      ) : (
        save.error && <Alert type="error" showIcon role="alert" title={errorText(save.error)} />
      )}
    </Modal>
  );
}
