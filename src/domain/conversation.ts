/** 会话模式: who answers. In `queued` and `human` the dialogs are silent. */
export type Mode = 'bot' | 'queued' | 'human';

/** 会话: where it is held and with whom. */
export interface ConversationInfo {
  id: string;
  channel: string;
  /** The channel's id of the customer: `dl_…`. */
  userId: string;
  /** The platform's id, once the customer has been identified. */
  customerId?: string | undefined;
  locale: string;
}
