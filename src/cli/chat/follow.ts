import type { Activity, DirectLine, QuickReply, Snapshot } from '../../web/widget/direct-line.ts';
import { noticeOf, offeredReplies, queueText, speakerOf } from '../../web/widget/lines.ts';
import { fill, speak, texts as widgetTexts } from '../../web/widget/texts.ts';
import { type UploadRequest, uploadRequestOf } from '../../web/widget/upload/request.ts';
import { standingOf } from '../../web/widget/upload/standing.ts';
import type { Screen } from './screen.ts';
import texts from './texts.json' with { type: 'json' };

/** Everything of one turn comes within this time. */
const QUIET_MS = 300;

/** Prints a conversation as it grows and tells when an answer has come. */
export class Follower {
  readonly #client: DirectLine;
  readonly #screen: Screen;
  readonly #printed = new Set<string>();
  readonly #failed = new Set<string>();
  #status = 'connecting';
  #queue: string | undefined;
  #changedAt = Date.now();

  constructor(client: DirectLine, screen: Screen) {
    this.#client = client;
    this.#screen = screen;
    client.subscribe((snapshot) => this.#show(snapshot));
  }

  get isOver(): boolean {
    return ['expired', 'ended', 'refused', 'closed'].includes(this.#client.snapshot.status);
  }

  get replies(): readonly QuickReply[] {
    return offeredReplies(this.#client.snapshot.entries);
  }

  /** The upload the bot is waiting for. */
  get openUpload(): UploadRequest | undefined {
    const log = this.#client.snapshot.entries.map(({ activity }) => activity);
    const card = log.findLast((activity) => uploadRequestOf(activity));
    return card && standingOf(card, log) === 'open' ? uploadRequestOf(card) : undefined;
  }

  /** The customer waits for a person or talks to one: the bot is silent, and people take their time. */
  get isWithPeople(): boolean {
    const { entries } = this.#client.snapshot;
    const last = entries.findLast(({ activity }) => activity.name?.startsWith('handoff.'));
    return (
      queueText(entries) !== undefined ||
      (last !== undefined && noticeOf(last.activity) === widgetTexts.agentJoined)
    );
  }

  /** Messages of the other side so far. */
  get received(): number {
    return this.#client.snapshot.entries.filter(({ activity }) => isSpoken(activity)).length;
  }

  /** Waits until more than `before` messages came and the turn is complete; false when none came in time. */
  async answered(before: number, withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    while (Date.now() < deadline && !this.isOver) {
      const quiet = Date.now() - this.#changedAt >= QUIET_MS && !this.#client.snapshot.typing;
      if (this.received > before && quiet) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.received > before;
  }

  #show(snapshot: Snapshot): void {
    speak(snapshot.locale);
    this.#showStatus(snapshot.status);
    let grown = false;
    for (const { activity, key, delivery } of snapshot.entries) {
      if (delivery === 'failed' && !this.#failed.has(key)) {
        this.#failed.add(key);
        this.#screen.print(fill(texts.failed, { text: activity.text ?? '' }), 'red');
      }
      if (!activity.id || this.#printed.has(activity.id)) continue;
      this.#printed.add(activity.id);
      this.#changedAt = Date.now();
      grown = this.#showActivity(activity) || grown;
    }
    const queue = queueText(snapshot.entries);
    if (queue && queue !== this.#queue) this.#screen.print(queue, 'cyan');
    this.#queue = queue;
    if (grown) this.#showReplies();
    this.#screen.showTyping(snapshot.typing);
  }

  #showActivity(activity: Activity): boolean {
    const notice = noticeOf(activity);
    if (notice) this.#screen.print(notice, 'cyan');
    if (!isSpoken(activity)) return false;
    const person = speakerOf(activity) === 'agent';
    const name = person ? (activity.from.name ?? texts.agent) : texts.bot;
    if (activity.text) this.#screen.say(name, activity.text, person ? 'cyan' : 'green');
    const request = uploadRequestOf(activity);
    if (!request) return true;
    this.#screen.print([`[${request.title}]`, ...request.hints.map((hint) => `  · ${hint}`)].join('\n'));
    this.#screen.print(`  ${texts.path}`, 'dim');
    return true;
  }

  #showReplies(): void {
    const line = this.replies.map(({ title }, index) => `${index + 1}) ${title}`).join('   ');
    if (line) this.#screen.print(`  ${line}`, 'yellow');
  }

  #showStatus(status: Snapshot['status']): void {
    const before = this.#status;
    this.#status = status;
    if (before === status) return;
    if (status === 'reconnecting') this.#screen.print(texts.reconnecting, 'dim');
    if (status === 'online' && before === 'reconnecting') this.#screen.print(texts.online, 'dim');
    if (['expired', 'ended', 'refused'].includes(status)) this.#screen.print(texts.over, 'red');
  }
}

function isSpoken(activity: Activity): boolean {
  return activity.type === 'message' && speakerOf(activity) !== 'customer';
}
