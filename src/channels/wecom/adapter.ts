import type { LogEntry } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Deliveries } from '../../domain/delivery.ts';
import { HANDOFF_INITIATE } from '../../domain/handoff.ts';
import type { WecomAccount } from '../accounts.ts';
import { type DeskFiles, sendUploaded } from '../chat-files.ts';
import type { Message, MessagesOf, Sent } from '../delivery.ts';
import type { Outgoing } from '../rendering/pack.ts';
import { sentOf } from '../tencent/sent.ts';
import type { Uploads } from '../tencent/uploads.ts';
import type { WecomClient, WecomTalk } from './client.ts';
import { encode, FILE_BYTES, PICTURE_BYTES, textMessage, type WecomMessage } from './encode.ts';
import { passOn } from './pass-on.ts';
import { messageIdFor, talkOf } from './place.ts';

type Body = Outgoing<WecomMessage>['body'];
type Client = Pick<WecomClient, 'send' | 'sendOnEvent' | 'serviceState' | 'servicers' | 'transfer'>;

const isInitiation = ({ origin, activity }: LogEntry) =>
  origin === 'bot' && activity.name === HANDOFF_INITIATE;

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
  accounts: readonly { account: WecomAccount; client: Client; uploads: Uploads }[];
  files: DeskFiles;
  deliveries: Pick<Deliveries, 'hold'>;
  signInUrl?: string | undefined;
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
    const { client, uploads } = held;
    const { files } = parts;

    const send = async (messageId: string, message: WecomMessage): Promise<Sent> => {
      const result = await client.send(talk, messageId, message);
      if (result.kind === 'refused' && result.reason === 'wrong-state') return afterWrongState(client, talk);
      const sent = sentOf(result);
      // The platform knows the message by its id, and takes it once.
      return sent.kind === 'uncertain' ? { kind: 'again' } : sent;
    };

    function sendBody(body: Body, messageId: string): Promise<Sent> {
      if (body.kind !== 'desk-file')
        return send(messageId, body.kind === 'message' ? body.message : body.otherwise);
      const { file } = body;
      const asLink = () => send(messageId, textMessage(files.words(file, conversationId, locale)));
      return sendUploaded(file, conversationId, {
        ...{ open: files.open, maxBytes: file.isPicture ? PICTURE_BYTES : FILE_BYTES, uploads, asLink },
        send: (media_id) =>
          send(
            messageId,
            file.isPicture
              ? { msgtype: 'image', image: { media_id } }
              : { msgtype: 'file', file: { media_id } },
          ),
      });
    }

    const { signInUrl, clock } = parts;
    const messages = encode(entries, { locale, now: clock.now(), signInUrl }).map(
      ({ seq, body, passing }): Message => {
        const sendIt: Message['send'] = (key, holds) => sendBody(body, messageIdFor(key, holds));
        return { seq, ...(passing && { passing }), send: sendIt };
      },
    );
    const wanted = held.account.handoff === 'wecom' ? entries.findLast(isInitiation) : undefined;
    if (!wanted) return messages;
    const pass: Message['send'] = (key, holds) => {
      const messageId = messageIdFor(key, holds);
      return passOn(
        held,
        { talk, conversationId, locale },
        {
          messageId,
          hold: parts.deliveries.hold,
          send: (message) => send(messageId, message),
        },
      );
    };
    return [...messages, { seq: Math.max(wanted.seq, messages.at(-1)?.seq ?? 0), send: pass }];
  };
}
