import { localeFor, text as textOf } from '../../../locales/index.ts';
import type { Log } from '../../domain/log.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import { textMessage } from './encode.ts';
import type { Address } from './place.ts';
import type { Post } from './post.ts';

const DAY_SECONDS = 24 * 3600;

/** Threads of a channel in Teams are conversations of their own; they are read by the same people. */
const groupIn = ({ channelId, conversationId }: Address) =>
  `${channelId}:${conversationId.replace(/;messageid=.*$/, '')}`;

/** Says in a group, where others read it, that the bot talks with one person alone. Never rejects. */
export type TellGroup = (address: Address, locale: string | undefined) => Promise<void>;

/** Said once a day at most, by one process, and in the words of nobody's account. */
export function createTellGroup({
  post,
  memory,
  log,
}: {
  post: Post;
  memory: Pick<SharedMemory, 'swap'>;
  log: Log;
}): TellGroup {
  return async (address, locale) => {
    const key = `azure-group:${groupIn(address)}`;
    try {
      if (!(await memory.swap(key, undefined, { value: 'told', ttlSeconds: DAY_SECONDS }))) return;
      const sent = await post(address, textMessage(textOf(localeFor(locale), 'channels.onlyPrivate')));
      // Whoever asks next is told.
      if (sent.kind !== 'sent') await memory.swap(key, 'told', undefined);
    } catch (error) {
      log.warn({ err: error, channel: address.channelId }, 'a group could not be told to write in private');
    }
  };
}
