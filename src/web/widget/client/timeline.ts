import type { OutgoingFile } from './file-outbox.ts';
import type { Delivery, Outgoing } from './outbox.ts';
import type { Activity } from './protocol.ts';

/** One line of the conversation as the customer sees it. */
export interface Entry {
  /** Stays the same from the first attempt to the server's echo. */
  key: string;
  activity: Activity;
  delivery: Delivery;
  /** A file of the customer's, as long as this page has it. */
  file?: File | undefined;
  /** Of a file on its way: how much has left, 0 to 1. */
  share?: number | undefined;
  /** Why a file was not taken. */
  problem?: string | undefined;
}

/** Files that this page has sent, by the ids it gave them. */
export type SentFiles = ReadonlyMap<string, File>;

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
  entries(outgoing: readonly Outgoing[], files: readonly OutgoingFile[] = [], sent?: SentFiles): Entry[] {
    return [
      ...this.#activities.map((activity, index) => {
        const key = clientIdOf(activity) ?? activity.id ?? String(index);
        return { key, activity, delivery: 'sent' as const, file: sent?.get(key) };
      }),
      ...outgoing.map((message) => ({
        key: message.clientId,
        activity: draftOf(message.clientId, message.queuedAt, { text: message.text }),
        delivery: message.delivery,
      })),
      ...files.map(({ clientId: key, delivery, file, share, problem, queuedAt }) => ({
        ...{ key, delivery, file, share, problem },
        activity: draftOf(key, queuedAt, { attachments: [{ contentType: file.type, name: file.name }] }),
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

function draftOf(clientId: string, queuedAt: number, said: Partial<Activity>): Activity {
  return {
    type: 'message',
    timestamp: new Date(queuedAt).toISOString(),
    from: { role: 'user' },
    attachments: [],
    quickReplies: [],
    channelData: { clientActivityID: clientId },
    ...said,
  };
}
