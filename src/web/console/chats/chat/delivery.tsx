import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { UNDELIVERED, UNDELIVERED_SETTLED } from '../../../../domain/delivery.ts';
import { mayDo } from '../../../../domain/staff.ts';
import { api } from '../../api/client.ts';
import { useDeskState, useRoomState } from '../live/provider.tsx';
import type { Room } from '../live/room.ts';
import type { ChatFacts, DeliveryFacts } from '../model.ts';
import { useChatErrorText, useChatTexts } from '../texts.ts';
import { useChatWords } from '../words.ts';

/** A message is with the platform, or refused by it, within so long. */
const SETTLES_MS = 3_000;
/** So many messages left, or fewer, are worth a word before they are used up. */
const FEW = 2;

/** Where the delivery stands is asked anew once something was said, or has failed. */
function useFresh(chatId: string, room: Room): void {
  const client = useQueryClient();
  const { log } = useRoomState(room);
  const last = log?.messages.findLast(
    ({ origin, event }) =>
      origin === 'agent' || event?.name === UNDELIVERED || event?.name === UNDELIVERED_SETTLED,
  )?.seq;
  useEffect(() => {
    if (last === undefined) return;
    const refresh = () => void client.invalidateQueries({ queryKey: ['chat', chatId] });
    const timer = setTimeout(refresh, SETTLES_MS);
    return () => clearTimeout(timer);
  }, [client, chatId, last]);
}

function Decide({ chatId, delivery }: { chatId: string; delivery: DeliveryFacts }) {
  const t = useChatTexts();
  const errorText = useChatErrorText();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  async function decide(how: 'retry' | 'drop') {
    setBusy(true);
    try {
      const told = await api<{ delivery: DeliveryFacts }>('POST', `/chats/${chatId}/delivery/${how}`, {});
      client.setQueryData<ChatFacts>(['chat', chatId], (facts) => facts && { ...facts, ...told });
    } catch (fault) {
      void message.warning(errorText(fault));
    } finally {
      setBusy(false);
    }
  }
  // Until the customer writes, trying is of no use.
  const canRetry = delivery.undelivered.length > 0 || delivery.waits !== 'window-closed';
  return (
    <>
      {canRetry && (
        <Button size="small" disabled={busy} onClick={() => void decide('retry')}>
          {t('deliveryRetry')}
        </Button>
      )}
      <Button size="small" type="text" danger disabled={busy} onClick={() => void decide('drop')}>
        {t('deliveryDrop')}
      </Button>
    </>
  );
}

/** What has not reached a customer in a messaging app, why, and what a supervisor can do; nothing where all is well. */
export function DeliveryNotice(props: { chatId: string; room: Room; delivery: DeliveryFacts }) {
  const t = useChatTexts();
  const words = useChatWords();
  const { snapshot } = useDeskState();
  const { chatId, room, delivery } = props;
  useFresh(chatId, room);
  const { waits, undelivered, remaining, windowUntil } = delivery;
  const reasons = [...new Set(undelivered.map(({ reason }) => words.term('undelivered', reason)))];
  const isOpen = remaining > 0 && Date.parse(windowUntil) > Date.now();
  const lines = [
    waits && words.term('waits', waits),
    reasons.length > 0 &&
      t('undelivered', { count: undelivered.length, reasons: reasons.join(t('listComma')) }),
    !waits && (isOpen ? remaining <= FEW && t('deliveryFew', { remaining }) : t('waits-window-closed')),
  ].filter((it) => typeof it === 'string');
  if (lines.length === 0) return null;
  const isWrong = waits !== undefined || undelivered.length > 0;
  const mayDecide = isWrong && mayDo(snapshot?.me.roles ?? [], 'supervise');
  return (
    <Alert
      banner
      type={isWrong ? 'warning' : 'info'}
      title={lines.map((line) => <div key={line}>{line}</div>)}
      action={mayDecide && <Decide chatId={chatId} delivery={delivery} />}
    />
  );
}
