import { useCallback, useEffect, useRef } from 'preact/hooks';
import { ConnectionBanner } from './banner.tsx';
import { Composer } from './composer.tsx';
import { Header } from './header.tsx';
import type { Host } from './host.ts';
import { offeredReplies, peopleHaveIt, queueText } from './lines.ts';
import { Log } from './log.tsx';
import { QuickReplies } from './quick-replies.tsx';
import { Final, Loading } from './states.tsx';
import { texts } from './texts.ts';
import { useConversation } from './use-conversation.ts';
import { usePresence } from './use-presence.ts';
import { useUnread } from './use-unread.ts';

/** The whole chat. Without a host there is nobody who could say who the customer is. */
export function Chat({ host }: { host: Host | undefined }) {
  if (!host) return <Final text={texts.noHost} />;
  return <HostedChat host={host} />;
}

function HostedChat({ host }: { host: Host }) {
  const conversation = useConversation(host);
  const { phase, snapshot, send, restart } = conversation;
  const input = useRef<HTMLTextAreaElement>(null);
  const focus = useCallback(() => {
    // On a phone that would push the keyboard over what there is to read.
    if (!matchMedia('(pointer: coarse)').matches) input.current?.focus({ preventScroll: true });
  }, []);
  const choose = (reply: string) => {
    send(reply);
    // The pressed button goes away, and the keyboard's place with it.
    focus();
  };
  const open = useUnread(host, snapshot, focus);
  const tellTyping = usePresence(conversation, open);
  useEffect(() => {
    if (phase === 'open') focus();
  }, [phase, focus]);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      // Esc inside an input method or an open question belongs to that.
      if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) host.close();
    };
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, [host]);

  const entries = snapshot?.entries ?? [];
  const over = snapshot && ['expired', 'ended', 'refused'].includes(snapshot.status);
  const waiting = phase === 'asking' || (snapshot?.status === 'connecting' && entries.length === 0);
  return (
    <div class="chat">
      <Header close={host.close} restart={() => restart('anew')} canRestart={entries.length > 0} />
      {snapshot && <ConnectionBanner status={snapshot.status} queue={queueText(entries)} />}
      {phase === 'no-token' && (
        <Final text={texts.noToken} action={texts.retry} act={() => restart('resume')} />
      )}
      {waiting && <Loading />}
      {snapshot && !waiting && (
        <Log entries={entries} typing={snapshot.typing} conversation={conversation} over={over === true} />
      )}
      {over ? (
        <Over status={snapshot.status} restart={restart} />
      ) : (
        phase === 'open' && (
          <footer class="foot">
            <QuickReplies replies={offeredReplies(entries)} choose={choose} />
            <Composer
              input={input}
              send={send}
              typing={tellTyping}
              sendFile={peopleHaveIt(entries) ? conversation.sendFile : undefined}
            />
          </footer>
        )
      )}
    </div>
  );
}

function Over({ status, restart }: { status: string; restart: (how: 'resume' | 'anew') => void }) {
  const refused = status === 'refused';
  const text = refused ? texts.refused : status === 'ended' ? texts.ended : texts.expired;
  return (
    <footer class="foot over">
      <p role="status">{text}</p>
      <button type="button" class="button is-main" onClick={() => restart('anew')}>
        {refused ? texts.retry : texts.newConversation}
      </button>
    </footer>
  );
}
