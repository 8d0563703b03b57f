import type { Accept, ConversationStore } from '../../conversation/store.ts';
import type { ChatFileIntake, ChatFileRefusal, CustomerFiles } from '../../domain/chat-file.ts';
import type { Clock } from '../../domain/clock.ts';
import type { ChatUploads, UploadRefusal } from '../../domain/document.ts';
import type { Mask, MaskInTalk } from '../../domain/intent.ts';
import type { Locale } from '../../domain/locale.ts';
import type { SharedMemory } from '../../domain/shared-memory.ts';
import type { BotIdentity } from './encode.ts';
import type { Limits } from './limits.ts';

/** What the Direct Line channel is built from. */
export interface DirectLineOptions {
  store: Pick<ConversationStore, 'open' | 'find' | 'read' | 'subscribe' | 'pass'>;
  accept: Accept;
  mask: Mask;
  /** For what a customer says, which may go on with the message before. */
  maskInTalk: MaskInTalk;
  /** For files while the bot has the conversation. */
  uploads: ChatUploads;
  /** For files while people have it, or the customer waits for them; and for those that people send. */
  files: ChatFileIntake & { forCustomer: CustomerFiles };
  /** What the customer reads when a file is refused. */
  refusalText(code: UploadRefusal | ChatFileRefusal, locale: Locale): string;
  /** For the host's backend: makes tokens for any customer. */
  secret: string;
  /** For tokens; at least 32 bytes. */
  signingKey: string;
  /** Origins of pages that may call us from another site; `*` = any. */
  allowedOrigins: string[];
  clock: Clock;
  /** Stream tickets and limits; needed once there is more than one process, which then share it. */
  memory: SharedMemory;
  limits?: Limits | undefined;
  bot?: BotIdentity | undefined;
  storeTimeoutMs?: number | undefined;
  socket?: Partial<SocketTimes> | undefined;
}

export interface SocketTimes {
  /** Between two signs of life on an idle socket. */
  keepAliveMs: number;
  /** How long a client may leave a frame unread. */
  stallMs: number;
  /** Before the log is read again after the store failed. */
  retryMs: number;
}

export const DEFAULT_SOCKET_TIMES: SocketTimes = { keepAliveMs: 20_000, stallMs: 30_000, retryMs: 1_000 };
