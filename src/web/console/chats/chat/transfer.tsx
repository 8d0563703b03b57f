import { Alert, Form, Input, Modal, Radio, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { useChatActions } from '../actions.ts';
import { useDesk, useDeskState } from '../live/provider.tsx';
import type { Chat } from '../model.ts';
import { useChatTexts } from '../texts.ts';

interface Typed {
  target: string;
  note?: string;
}

/**
 * Gives the chat to a colleague who is there, or into the queue of a group, with a note for whoever gets it; whoever
 * supervises also another's chat, and to somebody who has enough already.
 */
export function TransferDialog(props: {
  chat: Chat;
  open: boolean;
  supervises?: boolean;
  onClose(): void;
  onDone(): void;
}) {
  const t = useChatTexts();
  const desk = useDesk();
  const { chat, open, supervises = false, onClose, onDone } = props;
  const title = t(supervises ? 'reassign' : 'transfer');
  const { snapshot } = useDeskState();
  const { step } = useChatActions();
  const [form] = Form.useForm<Typed>();
  const [kind, setKind] = useState<'staffId' | 'group'>('staffId');
  const [saving, setSaving] = useState(false);
  const { colleagues = [], groups = [] } = snapshot ?? {};
  useEffect(() => {
    // How busy everybody is, as of now.
    if (open) void desk.reload();
  }, [open, desk]);

  async function transfer({ target, note }: Typed): Promise<void> {
    setSaving(true);
    const way = supervises ? 'reassign' : 'transfer';
    const moved = await step(`/chats/${chat.id}/${way}`, { [kind]: target, ...(note && { note }) });
    setSaving(false);
    if (!moved) return;
    form.resetFields();
    onDone();
  }

  const people = colleagues.map((it) => {
    const hasRoom = supervises || it.active + it.offered < it.capacity;
    const free = it.presence !== 'offline' && hasRoom && it.id !== chat.agent?.id;
    const load = t('capacity', { active: it.active, capacity: it.capacity });
    return {
      value: it.id,
      disabled: !free,
      label: (
        <span className={`presence-option is-${it.presence}`}>
          <span className="presence-dot" aria-hidden /> {it.number} {it.name}
          <small>
            {t(`presence-${it.presence}`)} · {load}
          </small>
        </span>
      ),
    };
  });
  const queues = groups
    .filter(({ active }) => active)
    .map(({ id, name }) => ({
      value: id,
      disabled: id === chat.group && !(supervises && chat.state === 'active'),
      label: name,
    }));
  const options = kind === 'staffId' ? people : queues;
  return (
    <Modal
      open={open}
      title={title}
      okText={title}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={saving}
      destroyOnHidden
    >
      <Form<Typed> form={form} layout="vertical" onFinish={(typed) => void transfer(typed)}>
        <Form.Item>
          <Segmented<'staffId' | 'group'>
            block
            aria-label={t('transferTo')}
            value={kind}
            onChange={(next) => {
              setKind(next);
              form.resetFields(['target']);
            }}
            options={[
              { value: 'staffId', label: t('toAgent') },
              { value: 'group', label: t('toGroup') },
            ]}
          />
        </Form.Item>
        {!options.some(({ disabled }) => !disabled) && (
          <Alert type="info" showIcon title={t(kind === 'staffId' ? 'nobodyFree' : 'noOtherGroup')} />
        )}
        <Form.Item
          name="target"
          label={t('transferTo')}
          rules={[{ required: true, message: t('chooseOne') }]}
        >
          <Radio.Group options={options} className="transfer-targets" />
        </Form.Item>
        {!supervises && (
          <Form.Item name="note" label={t('transferNote')} extra={t('transferNoteHint')}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
