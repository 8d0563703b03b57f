import type { Delivery } from './outbox.ts';
import type { Reply } from './rest.ts';

/** A file of the customer on its way. */
export interface OutgoingFile {
  clientId: string;
  file: File;
  /** Epoch milliseconds. */
  queuedAt: number;
  delivery: Delivery;
  /** Of the bytes, 0 to 1. */
  share: number;
  /** Why it was not taken, for the customer. */
  problem?: string | undefined;
}

export interface FileOutboxOptions {
  post: (file: OutgoingFile, progress: (share: number) => void) => Promise<Reply>;
  newId: () => string;
  changed: () => void;
}

/** How often the share is told at most. */
const STEP = 0.02;

/**
 * Files that the server has not confirmed, sent one after the other; a repeat carries the same id. Unlike messages
 * they do not outlive a reload, and what does not go through waits for the customer: a file costs them data.
 */
export class FileOutbox {
  readonly #options: FileOutboxOptions;
  #files: OutgoingFile[] = [];
  #running = false;

  constructor(options: FileOutboxOptions) {
    this.#options = options;
  }

  get files(): readonly OutgoingFile[] {
    return this.#files;
  }

  add(file: File): string {
    const clientId = this.#options.newId();
    this.#files.push({ clientId, file, queuedAt: Date.now(), delivery: 'sending', share: 0 });
    this.#options.changed();
    void this.#run();
    return clientId;
  }

  /** Sends one again that did not go through; false when it is none of ours. */
  resend(clientId: string): boolean {
    const file = this.#files.find((it) => it.clientId === clientId && it.delivery === 'failed');
    if (!file) return false;
    Object.assign(file, { delivery: 'sending', share: 0, problem: undefined });
    this.#options.changed();
    void this.#run();
    return true;
  }

  /** The server's echo came, or the customer does without it. */
  drop(clientId: string): void {
    this.#files = this.#files.filter((it) => it.clientId !== clientId);
    this.#options.changed();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#next(); next; next = this.#next()) {
      const reply = await this.#options.post(next, (share) => this.#advance(next, share));
      next.delivery = reply.kind === 'ok' ? 'sent' : 'failed';
      next.problem = reply.kind === 'refused' ? reply.message : undefined;
      this.#options.changed();
    }
    this.#running = false;
  }

  #next(): OutgoingFile | undefined {
    return this.#files.find((it) => it.delivery === 'sending');
  }

  #advance(file: OutgoingFile | undefined, share: number): void {
    if (!file || share - file.share < STEP) return;
    file.share = share;
    this.#options.changed();
  }
}
