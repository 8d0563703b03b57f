import { Alert, Button, Drawer } from 'antd';
import { Talk } from '../../search/talk.tsx';
import { useSpeech } from '../../texts.tsx';
import { moment } from '../../time.ts';
import { useChatActions } from '../actions.ts';
import { useDeskState } from '../live/provider.tsx';
import type { Chat } from '../model.ts';
import { mayReopen } from '../reopen.ts';
import { useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

/** A chat that is over, as it is kept. */
export function PastChat({ chat, onClose }: { chat: Chat | undefined; onClose(): void }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { locale } = useSpeech();
  const { snapshot } = useDeskState();
  const { reopen } = useChatActions();
  const isMine = chat?.agent?.id === snapshot?.me.id;
  return (
    <Drawer
      open={chat !== undefined}
      onClose={onClose}
      size={520}
      destroyOnHidden
      title={chat && `${words.matter(chat)} · ${moment(chat.requestedAt, locale)}`}
      extra={
        chat &&
        isMine &&
        mayReopen(chat) && (
          <Button
            onClick={() => {
              onClose();
              void reopen(chat.id);
            }}
          >
            {t('reopen')}
          </Button>
        )
      }
    >
      {chat?.wrapUp?.summary && <Alert type="info" title={t('summary')} description={chat.wrapUp.summary} />}
      {chat && <Talk handoffId={chat.id} />}
    </Drawer>
  );
}
