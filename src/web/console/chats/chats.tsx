import { QuestionCircleOutlined } from '@ant-design/icons';
import { Alert, Button, ConfigProvider, Drawer, Empty, Result, Skeleton } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { useLocation, useRoute } from 'wouter';
import { useChatActions } from './actions.ts';
import { ChatPane, useChat } from './chat/pane.tsx';
import { CustomerPanel } from './customer/panel.tsx';
import { AlertSettings } from './head/alert-settings.tsx';
import { LineBanner } from './head/line-banner.tsx';
import { PresenceSwitch } from './head/presence.tsx';
import { ShortcutHelp } from './head/shortcuts.tsx';
import { useHelpKey, useShortcuts } from './head/use-shortcuts.ts';
import { MyChats } from './list/mine.tsx';
import { Queue } from './list/queue.tsx';
import { useDesk, useDeskState } from './live/provider.tsx';
import { useChatErrorText, useChatTexts } from './texts.ts';
import './chats.css';
import './chat/chat.css';
import './chat/composer.css';
import './chat/transcript.css';
import './customer/customer.css';
import './list/list.css';

/** From this width on there is room for three columns. */
const WIDE = window.matchMedia('(min-width: 1240px)');
const useIsWide = () =>
  useSyncExternalStore(
    (changed) => {
      WIDE.addEventListener('change', changed);
      return () => WIDE.removeEventListener('change', changed);
    },
    () => WIDE.matches,
  );

function Head() {
  const t = useChatTexts();
  const [help, setHelp] = useState(false);
  useHelpKey(() => setHelp(true));
  return (
    <div className="chats-head">
      <h1>{t('page')}</h1>
      <PresenceSwitch />
      <span className="chats-head-tools">
        <AlertSettings />
        <Button
          type="text"
          icon={<QuestionCircleOutlined />}
          aria-label={t('shortcuts')}
          title={`${t('shortcuts')} (?)`}
          onClick={() => setHelp(true)}
        />
      </span>
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** Offline one gets nothing: that must not go unnoticed. */
function AwayHint() {
  const t = useChatTexts();
  const { snapshot } = useDeskState();
  if (!snapshot || snapshot.me.presence === 'online') return null;
  return <Alert banner type="info" title={t(`away-${snapshot.me.presence}`)} />;
}

/** Keys that go from chat to chat. */
function useChatKeys(selected: string | undefined): void {
  const [, navigate] = useLocation();
  const { snapshot } = useDeskState();
  const { takeNext } = useChatActions();
  const ids = snapshot?.chats.map(({ id }) => id) ?? [];
  const move = (by: number) => {
    const at = selected === undefined ? -1 : ids.indexOf(selected);
    const next = at < 0 ? ids[by > 0 ? 0 : ids.length - 1] : ids[(at + by + ids.length) % ids.length];
    if (next) navigate(`/${next}`);
  };
  useShortcuts({ keyNext: () => void takeNext(), keyDown: () => move(1), keyUp: () => move(-1) });
}

function Columns({ selected }: { selected: string | undefined }) {
  const t = useChatTexts();
  const isWide = useIsWide();
  const [factsOpen, setFactsOpen] = useState(false);
  const chat = useChat(selected);
  useChatKeys(selected);
  return (
    <div className={`chats-columns ${isWide ? 'is-wide' : ''}`}>
      <nav className="chats-lists" aria-label={t('lists')}>
        <MyChats selected={selected} />
        <Queue selected={selected} />
      </nav>
      <main className="chats-pane">
        {selected ? (
          <ChatPane
            key={selected}
            chatId={selected}
            onFacts={isWide ? undefined : () => setFactsOpen(true)}
          />
        ) : (
          <Empty className="chats-nothing" description={t('nothingOpen')} />
        )}
      </main>
      {isWide && (
        <aside className="chats-facts" aria-label={t('customer')}>
          {chat && <CustomerPanel key={chat.id} chat={chat} />}
        </aside>
      )}
      {!isWide && chat && (
        <Drawer open={factsOpen} onClose={() => setFactsOpen(false)} title={t('customer')} size={360}>
          <CustomerPanel key={chat.id} chat={chat} />
        </Drawer>
      )}
    </div>
  );
}

/** Two characters stay together: they are a word. */
const BUTTONS = { autoInsertSpace: false };

/** 会话: the queue, my chats, and what is known about their customers. */
export default function ChatsPage() {
  const t = useChatTexts();
  const errorText = useChatErrorText();
  const desk = useDesk();
  const { snapshot, fault } = useDeskState();
  const [, params] = useRoute('/:id');
  return (
    <ConfigProvider button={BUTTONS}>
      <div className="chats">
        <Head />
        <LineBanner />
        <AwayHint />
        {snapshot && <Columns selected={params?.id} />}
        {!snapshot && fault !== undefined && (
          <Result
            status="warning"
            title={errorText(fault)}
            extra={<Button onClick={() => void desk.reload()}>{t('tryAgain')}</Button>}
          />
        )}
        {!snapshot && fault === undefined && (
          <Skeleton active paragraph={{ rows: 12 }} className="chats-waiting" />
        )}
      </div>
    </ConfigProvider>
  );
}
