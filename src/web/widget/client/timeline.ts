import type { Delivery, Outgoing } from './outbox.ts';
import type { Activity } from './protocol.ts';

/** One line of the conversation as the customer sees it. */
export interface Entry {
  /** Stays the same from the first attempt to the server's echo. */
  key: string;
  activity: Activity;
  delivery: Delivery;
}

/** The conversation in the server's order, each activity once. */
export class Timeline {
  #activities: Activity[] = [];

  get activities(): readonly Activity[] {
    return this.#activities;
  }

  /** Puts an activity in its place; one seen before is replaced. */
  put(activity: Activity): void {
    const known = this.#activities.findIndex((a) => a.id !== undefined && a.id === activity.id);
    if (known >= 0) {
      this.#activities[known] = activity;
      return;
    }
    let at = this.#activities.length;
    while (at > 0 && isLater(this.#activities[at - 1], activity)) at--;
    this.#activities.splice(at, 0, activity);
  }

  clear(): void {
    this.#activities = [];
  }

  /** The log, then what is still on its way. */
  entries(outgoing: readonly Outgoing[]): Entry[] {
    return [
      ...this.#activities.map((activity, index) => ({
        key: clientIdOf(activity) ?? activity.id ?? String(index),
        activity,
        delivery: 'sent' as const,
      })),
      ...outgoing.map((message) => ({
        key: message.clientId,
        activity: draft(message),
        delivery: message.delivery,
      })),
    ];
  }
}

/** The id this client gave one of its own messages. */
export function clientIdOf(activity: Activity): string | undefined {
  const id = activity.channelData.clientActivityID;
  return typeof id === 'string' ? id : undefined;
}

function isLater(placed: Activity | undefined, activity: Activity): boolean {
  if (!placed?.timestamp || !activity.timestamp) return false;
  return Date.parse(placed.timestamp) > Date.parse(activity.timestamp);
}

function draft(message: Outgoing): Activity {
  return {
    type: 'message',
    timestamp: new Date(message.queuedAt).toISOString(),
    from: { role: 'user' },
    text: message.text,
    attachments: [],
    quickReplies: [],
    channelData: { clientActivityID: message.clientId },
  };
}
