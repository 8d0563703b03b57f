import type { LogEntry } from '../../conversation/store.ts';
import type { Clock } from '../../domain/clock.ts';
import type { DeskFiles } from '../chat-files.ts';
import type { Message, MessagesOf, Sent } from '../delivery.ts';
import type { Outgoing } from '../rendering/pack.ts';
import { type AzureMessage, encode, textMessage } from './encode.ts';
import type { Inline } from './inline.ts';
import { type Address, azureLinkOf, readAddress } from './place.ts';
import type { Post } from './post.ts';

/** How messages get to the customers of Azure's channels: to where the customer last wrote from. */
export function createAzureAdapter(parts: {
  post: Post;
  inline: Pick<Inline, 'wayOf'>;
  files: Pick<DeskFiles, 'words'>;
  signInUrl?: string | undefined;
  clock: Clock;
}): MessagesOf {
  const { post, inline, files, clock } = parts;

  async function send(
    conversationId: string,
    address: Address,
    entry: LogEntry | undefined,
    message: AzureMessage,
  ): Promise<Sent> {
    const saidTo = entry?.activity.replyToId;
    const way = address.inline && saidTo ? await inline.wayOf(conversationId, saidTo) : 'sent';
    if (way === 'undecided') return { kind: 'again' };
    return way === 'inline' ? { kind: 'sent' } : post(address, message);
  }

  return ({ conversationId, channel, address: kept }, entries, locale) => {
    const address = readAddress(kept);
    const unknown: Message = {
      seq: entries.at(-1)?.seq ?? 0,
      send: async () => ({ kind: 'waits', why: 'not-configured' }),
    };
    if (!address) return entries.length > 0 ? [unknown] : [];
    // Where nobody says who writes, there is nothing to link.
    const signInUrl = azureLinkOf(channel) && parts.signInUrl;
    const options = { channelId: address.channelId, locale, now: clock.now(), signInUrl };
    function messageOf(body: Outgoing<AzureMessage>['body']): AzureMessage {
      if (body.kind === 'desk-file') return textMessage(files.words(body.file, conversationId, locale));
      return { ...(body.kind === 'message' ? body.message : body.otherwise) };
    }
    return encode(entries, options).map(({ seq, body, passing }): Message => {
      const entry = entries.find((it) => it.seq === seq);
      return {
        seq,
        ...(passing && { passing }),
        send: () => send(conversationId, address, entry, messageOf(body)),
      };
    });
  };
}
