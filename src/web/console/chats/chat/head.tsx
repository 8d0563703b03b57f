import { IdcardOutlined, RobotOutlined, SwapOutlined } from '@ant-design/icons';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useChatActions } from '../actions.ts';
import { Countdown, ReplyClock, Waiting } from '../clock.tsx';
import { useShortcuts } from '../head/use-shortcuts.ts';
import { ChatTags } from '../list/tags.tsx';
import { useDeskState } from '../live/provider.tsx';
import type { Chat, ChatFacts } from '../model.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';
import { CloseDialog } from './close.tsx';
import { TransferDialog } from './transfer.tsx';

type Dialog = 'transfer' | 'return' | 'close';

function ReturnDialog(props: { chat: Chat; open: boolean; onClose(): void; onDone(): void }) {
  const t = useChatTexts();
  const { chat, open, onClose, onDone } = props;
  const { step } = useChatActions();
  const [note, setNote] = useState('');
  const [saving, setSaving] = useState(false);
  async function giveBack(): Promise<void> {
    setSaving(true);
    const ended = await step(`/chats/${chat.id}/return`, note.trim() ? { note } : {});
    setSaving(false);
    if (ended) onDone();
  }
  return (
    <Modal
      open={open}
      title={t('returnToBot')}
      okText={t('returnToBot')}
      onOk={() => void giveBack()}
      onCancel={onClose}
      confirmLoading={saving}
      destroyOnHidden
    >
      <p>{t('returnHint')}</p>
      <Input.TextArea
        rows={3}
        maxLength={2000}
        aria-label={t('closeNote')}
        placeholder={t('closeNote')}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </Modal>
  );
}

/** Whose chat it is, which clocks run, and what can be done with it. */
export function ChatHead(props: {
  chat: Chat;
  facts: ChatFacts | undefined;
  isMine: boolean;
  /** Opens the customer's facts where there is no column for them. */
  onFacts: (() => void) | undefined;
}) {
  const t = useChatTexts();
  const words = useChatWords();
  const { chat, facts, isMine, onFacts } = props;
  const { snapshot } = useDeskState();
  const { message } = App.useApp();
  const [, navigate] = useLocation();
  const [dialog, setDialog] = useState<Dialog>();
  const opens = (which: Dialog) => (isMine ? () => setDialog(which) : undefined);
  useShortcuts({ keyTransfer: opens('transfer'), keyReturn: opens('return'), keyClose: opens('close') });
  const shared = { chat, onClose: () => setDialog(undefined) };

  function done(told: 'transferred' | 'givenBack' | 'closed'): void {
    setDialog(undefined);
    void message.success(t(told));
    if (told === 'transferred') navigate('/');
  }

  return (
    <header className="chat-head">
      <div className="chat-head-text">
        <h2>
          {words.customer(facts)} · {words.matter(chat)}
        </h2>
        <span className="chat-head-facts">
          <ChatTags chat={chat} groups={snapshot?.groups ?? []} />
          {chat.state === 'queued' && <Waiting since={chat.requestedAt} />}
          {chat.state === 'active' && <ReplyClock chat={chat} />}
          {chat.state === 'active' && chat.deadlines.resolution && (
            <Countdown until={chat.deadlines.resolution} label={t('slaResolution')} />
          )}
        </span>
      </div>
      <div className="chat-head-steps">
        {isMine && (
          <>
            <Button icon={<SwapOutlined />} onClick={() => setDialog('transfer')}>
              {t('transfer')}
            </Button>
            <Button icon={<RobotOutlined />} onClick={() => setDialog('return')}>
              {t('returnToBot')}
            </Button>
            <Button type="primary" onClick={() => setDialog('close')}>
              {t('closeChat')}
            </Button>
          </>
        )}
        {onFacts && (
          <Button
            icon={<IdcardOutlined />}
            onClick={onFacts}
            aria-label={t('customer')}
            title={t('customer')}
          />
        )}
      </div>
      <TransferDialog {...shared} open={dialog === 'transfer'} onDone={() => done('transferred')} />
      <ReturnDialog {...shared} open={dialog === 'return'} onDone={() => done('givenBack')} />
      <CloseDialog {...shared} open={dialog === 'close'} onDone={() => done('closed')} />
    </header>
  );
}
