import type { Clock } from '../../domain/clock.ts';
import type { WecomAccount } from '../accounts.ts';
import type { Message, MessagesOf, Sent } from '../delivery.ts';
import { sentOf } from '../tencent/sent.ts';
import type { WecomClient, WecomTalk } from './client.ts';
import { encode } from './encode.ts';
import { messageIdFor, talkOf } from './place.ts';

type Client = Pick<WecomClient, 'send' | 'serviceState' | 'transfer'>;

/**
 * What is to be done about a talk that takes no messages of ours. One that is new is the bot's; one that a person has
 * is never taken away, and one that is over begins anew with the customer's next message.
 */
async function afterWrongState(client: Client, talk: WecomTalk): Promise<Sent> {
  const found = await client.serviceState(talk);
  if (found.kind !== 'done') return sentOf(found).kind === 'sent' ? { kind: 'again' } : sentOf(found);
  switch (found.value.state) {
    case 'new': {
      const moved = await client.transfer(talk, 'bot');
      return moved.kind === 'done' ? { kind: 'again' } : { kind: 'waits', why: 'window-closed' };
    }
    case 'bot':
      return { kind: 'again' };
    case 'queue':
    case 'person':
      return { kind: 'waits', why: 'with-person' };
    case 'ended':
      return { kind: 'waits', why: 'window-closed' };
  }
}

/** How messages get to the customers of 微信客服: each once, whatever becomes of the answers. */
export function createWecomAdapter(parts: {
  accounts: readonly { account: WecomAccount; client: Client }[];
  clock: Clock;
}): MessagesOf {
  return ({ conversationId, userId }, entries, locale) => {
    const talk = talkOf({ id: conversationId, userId });
    const held = parts.accounts.find(({ account }) => talk && account.openKfIds.includes(talk.openKfId));
    const unknown: Message = {
      seq: entries.at(-1)?.seq ?? 0,
      send: async () => ({ kind: 'waits', why: 'not-configured' }),
    };
    if (!held || !talk) return entries.length > 0 ? [unknown] : [];
    const { client } = held;

    return encode(entries, { locale, now: parts.clock.now() }).map(({ seq, body, passing }): Message => {
      const message = body.kind === 'message' ? body.message : body.otherwise;
      return {
        seq,
        ...(passing && { passing }),
        async send(key, holds) {
          const result = await client.send(talk, messageIdFor(key, holds), message);
          if (result.kind === 'refused' && result.reason === 'wrong-state')
            return afterWrongState(client, talk);
          const sent = sentOf(result);
          // The platform knows the message by its id, and takes it once.
          return sent.kind === 'uncertain' ? { kind: 'again' } : sent;
        },
      };
    });
  };
}
