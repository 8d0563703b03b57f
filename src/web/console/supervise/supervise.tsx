import { Alert, App, Button, Card, Skeleton, Tabs, Typography } from 'antd';
import { useState } from 'react';
import { useLocation, useRoute } from 'wouter';
import { useChatActions } from '../chats/actions.ts';
import { TransferDialog } from '../chats/chat/transfer.tsx';
import { LineBanner } from '../chats/head/line-banner.tsx';
import { PresenceSwitch } from '../chats/head/presence.tsx';
import { useDeskState } from '../chats/live/provider.tsx';
import type { Chat } from '../chats/model.ts';
import { useChatErrorText } from '../chats/texts.ts';
import { useChatWords } from '../chats/words.ts';
import { Agents } from './agents.tsx';
import { ChatList, type Steps } from './chat-list.tsx';
import { type Floor, useFloor } from './data.ts';
import { Monitor } from './monitor.tsx';
import { Sizes } from './sizes.tsx';
import { useSuperviseTexts } from './texts.ts';
import '../chats/chats.css';
import '../chats/chat/chat.css';
import '../chats/chat/transcript.css';
import '../chats/list/list.css';
import './supervise.css';

function Lists({ floor, group, steps }: { floor: Floor; group: string | undefined; steps: Steps }) {
  const t = useSuperviseTexts();
  const { snapshot } = useDeskState();
  const of = <T extends Chat>(chats: T[]) => chats.filter((it) => group === undefined || it.group === group);
  const shared = { groups: floor.groups, me: snapshot?.me.id ?? '', steps };
  const [active, queue, messages] = [of(floor.chats), of(floor.queue), of(floor.messages)];
  return (
    <Tabs
      items={[
        {
          key: 'active',
          label: `${t('active')} ${active.length}`,
          children: <ChatList {...shared} chats={active} empty={t('activeNone')} />,
        },
        {
          key: 'queue',
          label: `${t('queue')} ${queue.length}`,
          children: <ChatList {...shared} chats={queue} inQueue empty={t('queueNone')} />,
        },
        {
          key: 'messages',
          label: `${t('messages')} ${messages.length}`,
          children: <ChatList {...shared} chats={messages} inQueue empty={t('messagesNone')} />,
        },
      ]}
    />
  );
}

function FloorView({ floor }: { floor: Floor }) {
  const t = useSuperviseTexts();
  const { modal } = App.useApp();
  const words = useChatWords();
  const { step } = useChatActions();
  const [, navigate] = useLocation();
  const [, params] = useRoute('/:id');
  const [group, setGroup] = useState<string>();
  const [moved, setMoved] = useState<Chat>();

  const steps: Steps = {
    open: (chatId) => navigate(`/${chatId}`),
    reassign: setMoved,
    takeOver(chat) {
      const { agent, state } = chat;
      void modal.confirm({
        title: t('takeOverAsk', { matter: words.matter(chat) }),
        content: agent && state === 'active' && t('takeOverFrom', { number: agent.number, name: agent.name }),
        okText: t('takeOver'),
        async onOk() {
          if (await step(`/chats/${chat.id}/take-over`)) navigate(`~/chats/${chat.id}`);
        },
      });
    },
  };

  return (
    <>
      <Sizes floor={floor} group={group} onGroup={setGroup} />
      <div className="floor-columns">
        <Card className="floor-main">
          <Lists {...{ floor, group, steps }} />
        </Card>
        <Card title={<h2>{t('agents')}</h2>}>
          <Agents floor={floor} onOpen={steps.open} />
        </Card>
      </div>
      {params?.id && <Monitor chatId={params.id} steps={steps} onClose={() => navigate('/')} />}
      {moved && (
        <TransferDialog
          open
          supervises
          chat={moved}
          onClose={() => setMoved(undefined)}
          onDone={() => setMoved(undefined)}
        />
      )}
    </>
  );
}

/** 现场: all queues, chats and agents, live. */
export default function SupervisePage() {
  const t = useSuperviseTexts();
  const errorText = useChatErrorText();
  const { data, error, refetch } = useFloor();
  return (
    <div className="page supervise-page">
      <LineBanner />
      <div className="page-head">
        <Typography.Title level={1} className="page-title">
          {t('title')}
        </Typography.Title>
        <PresenceSwitch />
      </div>
      {error && (
        <Alert
          type="error"
          showIcon
          title={errorText(error)}
          action={
            <Button size="small" onClick={() => void refetch()}>
              {t('tryAgain')}
            </Button>
          }
        />
      )}
      {data && <FloorView floor={data} />}
      {!data && !error && <Skeleton active paragraph={{ rows: 12 }} />}
    </div>
  );
}
