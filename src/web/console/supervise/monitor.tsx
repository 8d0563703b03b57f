import { App, Button, Drawer, Input, Result, Space, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useChatActions } from '../chats/actions.ts';
import { useChat } from '../chats/chat/pane.tsx';
import { Transcript } from '../chats/chat/transcript.tsx';
import { ReplyClock } from '../chats/clock.tsx';
import { useFacts } from '../chats/facts.ts';
import { useDesk, useDeskState } from '../chats/live/provider.tsx';
import type { Chat } from '../chats/model.ts';
import { useChatErrorText, useChatTexts } from '../chats/texts.ts';
import { useChatWords } from '../chats/words.ts';
import type { Steps } from './chat-list.tsx';
import { useSuperviseTexts } from './texts.ts';

/** Words for the agent that the customer does not see. */
function Whisper({ chat }: { chat: Chat }) {
  const t = useSuperviseTexts();
  const { step } = useChatActions();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [sending, setSending] = useState(false);
  const { agent } = chat;
  if (chat.state !== 'active' || !agent) return null;

  async function whisper(): Promise<void> {
    if (!text.trim() || sending) return;
    setSending(true);
    const told = await step(`/chats/${chat.id}/whisper`, { text: text.trim() });
    setSending(false);
    if (!told) return;
    setText('');
    void message.success(t('whispered', { number: agent?.number ?? '' }));
  }

  return (
    <div className="monitor-whisper">
      <Input.TextArea
        aria-label={t('whisper', { number: agent.number })}
        placeholder={t('whisperHint', { number: agent.number, name: agent.name })}
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={2000}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onPressEnter={(event) => {
          if (event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void whisper();
        }}
      />
      <Button type="primary" loading={sending} disabled={!text.trim()} onClick={() => void whisper()}>
        {t('whisperSend')}
      </Button>
    </div>
  );
}

function Watched({ chatId, me }: { chatId: string; me: { id: string; number: string } }) {
  const desk = useDesk();
  const t = useChatTexts();
  const errorText = useChatErrorText();
  const facts = useFacts(chatId);
  const chat = useChat(chatId);
  const room = chat && desk.room(chat);
  useEffect(() => {
    void room?.load();
  }, [room]);
  useEffect(() => () => desk.leave(chatId), [desk, chatId]);
  if (facts.error && !chat)
    return (
      <Result
        status="warning"
        title={errorText(facts.error)}
        extra={<Button onClick={() => void facts.refetch()}>{t('tryAgain')}</Button>}
      />
    );
  if (!room || !chat) return <Spin className="monitor-loading" />;
  return (
    <div className="chats monitor">
      <Transcript chat={chat} room={room} facts={facts.data} me={me} isMine={false} />
      <Whisper chat={chat} />
    </div>
  );
}

/** Looks at a chat while it goes on: nobody in it sees that. */
export function Monitor({ chatId, steps, onClose }: { chatId: string; steps: Steps; onClose(): void }) {
  const t = useSuperviseTexts();
  const chatText = useChatTexts();
  const words = useChatWords();
  const { snapshot } = useDeskState();
  const chat = useChat(chatId);
  const isOpen = chat?.state === 'active' || chat?.state === 'queued' || chat?.state === 'message';
  const isMine = chat?.state === 'active' && chat.agent?.id === snapshot?.me.id;
  return (
    <Drawer
      open
      size={760}
      onClose={onClose}
      title={chat ? words.matter(chat) : t('monitor')}
      classNames={{ body: 'monitor-body' }}
      extra={
        chat &&
        isOpen && (
          <Space>
            {chat.agent && chat.state === 'active' && (
              <span>
                {chat.agent.number} {chat.agent.name}
              </span>
            )}
            <ReplyClock chat={chat} />
            {!isMine && <Button onClick={() => steps.takeOver(chat)}>{t('takeOver')}</Button>}
            <Button onClick={() => steps.reassign(chat)}>{chatText('reassign')}</Button>
          </Space>
        )
      }
    >
      {snapshot && <Watched key={chatId} chatId={chatId} me={snapshot.me} />}
    </Drawer>
  );
}
