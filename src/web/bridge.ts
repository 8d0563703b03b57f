/** What loader and chat tell each other by postMessage. The names are stable: partners' pages may be older than the chat. */
export interface HostCredentials {
  token: string;
  conversationId?: string | undefined;
  /** The customer's Direct Line id; another one than before means another customer. */
  userId?: string | undefined;
  expires_in?: number | undefined;
}

export type ToChat =
  | {
      unbind: 'token';
      request: number;
      credentials: HostCredentials | null;
      scope: string;
      anonymous: boolean;
    }
  | { unbind: 'shown'; open: boolean };

export type ToHost =
  | { unbind: 'request-token'; request: number }
  | { unbind: 'close' }
  | { unbind: 'unread'; count: number }
  | { unbind: 'language'; locale: string };

/** The message if it is one of ours; its sender must have been checked before. */
export function readMessage<T extends ToChat | ToHost>(data: unknown): T | undefined {
  const ours = typeof data === 'object' && data !== null && 'unbind' in data;
  return ours ? (data as T) : undefined;
}
