import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { LogEntry } from '../../src/conversation/store.ts';
import type { ReturnReason } from '../../src/domain/case.ts';
import { UPLOAD_REQUEST_TYPE } from '../../src/domain/document.ts';
import type { PlatformEvent } from '../../src/domain/platform-event.ts';
import { type Desk, openDesk } from './desk.ts';
import { eventually } from './eventually.ts';
import { fatesOf } from './fates.ts';
import { photo } from './photos.ts';

/** Where a conversation is held. */
export interface Scene {
  /** Sandbox customer; absent = an anonymous visitor. */
  customer?: string;
  /** Time of the first message, ISO with offset. Default: a Monday at 10 in the morning. */
  at?: string;
  /** The channel's language. Default: zh-CN. */
  locale?: string;
}

let shared: Promise<Desk> | undefined;
let count = 0;

/** One desk for all transcripts of a run: starting a database for each would take minutes. */
export function sharedDesk(): Promise<Desk> {
  shared ??= openDesk();
  return shared;
}

export async function closeSharedDesk(): Promise<void> {
  const desk = await shared;
  shared = undefined;
  await desk?.close();
}

/** One line of a talk, the customer's or the stage's, and what the bot said to it. */
export interface Exchange {
  line: string;
  said: LogEntry[];
}

const USER = '客户: ';
const BOT = '客服: ';
const DONE_BY_STAGE = /^【(.+)】$/;

function choicesOf(entry: LogEntry): string {
  const actions = entry.activity.suggestedActions?.actions ?? [];
  return actions.map((action) => ` [${action.title}]`).join('');
}

/** A message of the bot as a line of a transcript. */
function lineOf(entry: LogEntry): string {
  const { type, text, name, attachments } = entry.activity;
  if (type === 'event') return `${BOT}(${name})`;
  const card = attachments?.some((attachment) => attachment.contentType === UPLOAD_REQUEST_TYPE)
    ? ' [上传卡片]'
    : '';
  return `${BOT}${(text ?? '').replaceAll('\n', '⏎')}${card}${choicesOf(entry)}`;
}

/** `…` in an expected line stands for any text; without `[` the quick replies are left open. */
function fits(expected: string, actual: string): boolean {
  const pattern = expected
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]*');
  const open = expected.includes('[') || expected.endsWith('…') ? '' : '(?: \\[[^\\]]+\\])*';
  return new RegExp(`^${pattern}${open}$`).test(actual);
}

class Talk {
  readonly #desk: Desk;
  readonly #id: string;
  readonly #customer: string | undefined;
  #seen = 0;

  constructor(desk: Desk, id: string, customer: string | undefined) {
    this.#desk = desk;
    this.#id = id;
    this.#customer = customer;
  }

  async say(text: string): Promise<void> {
    await this.#send(text);
    await this.#desk.answer(this.#id);
  }

  /** Accepted and not answered yet. */
  async #send(text: string, dedupeKey?: string): Promise<void> {
    const { mask } = this.#desk.understanding;
    const masked = mask(text);
    const channelData = masked.sensitive.length > 0 ? { channelData: { sensitive: masked.sensitive } } : {};
    const activity = { type: 'message', text: masked.text, ...channelData };
    await this.#desk.store.accept(this.#id, {
      origin: 'customer',
      activity,
      ...(dedupeKey && { dedupeKey }),
    });
  }

  /** As the channel hands it in once the file is stored. */
  async #sendFile(name: string): Promise<void> {
    const file = { id: '00000000-0000-4000-8000-000000000000', sizeBytes: 1 };
    const activity = {
      type: 'message',
      attachments: [{ name, contentType: 'image/jpeg' }],
      channelData: { file },
    };
    await this.#desk.store.accept(this.#id, { origin: 'customer', activity });
    await this.#desk.answer(this.#id);
  }

  /** As the messaging apps hand in a picture: nothing of it is kept. */
  async #sendUnkept(): Promise<void> {
    const activity = { type: 'message', attachments: [{ contentType: 'image/unknown' }] };
    await this.#desk.store.accept(this.#id, { origin: 'customer', activity });
    await this.#desk.answer(this.#id);
  }

  /** The same words ten times before the first is answered: as messages of their own, or as one that is sent again. */
  async #burst([times = '', ...words]: string[], dedupeKey?: string): Promise<void> {
    for (let n = 0; n < Number(times); n++) await this.#send(words.join(' '), dedupeKey);
    await this.#desk.answer(this.#id);
  }

  /** What the bot has said since the last call, oldest first. */
  async heard(): Promise<LogEntry[]> {
    const entries = await this.#desk.store.read(this.#id, this.#seen, 500);
    this.#seen = entries.at(-1)?.seq ?? this.#seen;
    return entries.filter((entry) => entry.origin === 'bot');
  }

  deadEnds(): string[] {
    return fatesOf(this.#desk.insights.filter(({ conversationId }) => conversationId === this.#id)).deadEnds;
  }

  async #entries(): Promise<LogEntry[]> {
    return this.#desk.store.read(this.#id, 0, 500);
  }

  async #handoff(): Promise<string> {
    const open = await this.#desk.handoffs.open(this.#id);
    if (!open) throw new Error('no person was asked for');
    return open.id;
  }

  async #caseNumber(): Promise<string> {
    const numbers = (await this.#entries()).map(
      (entry) => entry.activity.channelData?.caseId as string | undefined,
    );
    return numbers.filter(Boolean).at(-1) ?? 'none';
  }

  async #upload(quality: string): Promise<void> {
    const cards = (await this.#entries()).flatMap((entry) => entry.activity.attachments ?? []);
    const card = cards.filter((attachment) => attachment.contentType === UPLOAD_REQUEST_TYPE).at(-1);
    if (!card) throw new Error('there is no upload card in the conversation');
    const ticket = String(card.content.uploadUrl).split('/').at(-1) ?? '';
    const file = await photo(quality === '偏暗' ? 'dark' : quality === '模糊' ? 'blurred' : 'good');
    const before = await this.#lastSeq();
    const outcome = await this.#desk.documents.receiveTicket({
      ticket,
      consentVersion: card.content.consent.version,
      file,
    });
    if (outcome.kind !== 'stored') throw new Error(`the upload was refused: ${outcome.code}`);
    await this.#somethingNew(before);
  }

  async #lastSeq(): Promise<number> {
    return (await this.#desk.store.find(this.#id))?.lastSeq ?? 0;
  }

  /** Waits for the outbox to bring the event and for its turn to end. */
  async #somethingNew(after: number): Promise<void> {
    await eventually(async () => {
      const entries = await this.#desk.store.read(this.#id, after, 50);
      expect(entries.some((entry) => entry.origin === 'bot')).to.equal(true);
      expect(await this.#desk.store.pending(0, 1)).to.deep.equal([]);
    });
  }

  /** `settled`, `lock-released` or `unbound` about the customer, or `maintenance-ended ann-1`. */
  #event([type = '', announcementId = '']: string[]): PlatformEvent {
    const known = { id: randomUUID(), occurredAt: this.#desk.clock.now().toISOString() };
    if (type === 'maintenance-ended') return { ...known, type, announcementId };
    if (type !== 'settled' && type !== 'lock-released' && type !== 'unbound')
      throw new Error(`no such event of the platform: ${type}`);
    return { ...known, type, customerId: this.#customer ?? '' };
  }

  /**
   * A reviewer claims the case and decides: `id-back=BLURRY` returns that document, `=` accepts all others, `复核`
   * confirms what a colleague has proposed. True when the customer hears nothing of it.
   */
  async #review(reviewer: string, steps: string[]): Promise<boolean> {
    const { reviewDesk } = this.#desk;
    const asked = { number: await this.#caseNumber(), actor: await this.#desk.reviewer(reviewer) };
    const seen = async () => {
      const found = await reviewDesk.detail(asked.number, asked.actor);
      if (!found) throw new Error('there is no case to review');
      return found;
    };
    expect(await reviewDesk.claim(asked)).to.deep.equal({ kind: 'done' });
    if (steps.includes('复核')) {
      const confirmed = await reviewDesk.confirm({ ...asked, version: (await seen()).version });
      expect(confirmed).to.deep.equal({ kind: 'done' });
      return false;
    }
    const wrong = new Map(steps.map((step) => step.split('=') as [string, ReturnReason]));
    for (const { id, slot, state, verdict } of (await seen()).documents) {
      if (state !== 'stored' || verdict?.verdict === 'accepted') continue;
      const reason = wrong.get(slot);
      const given = await reviewDesk.giveVerdict({
        ...{ ...asked, version: (await seen()).version, documentId: id, checked: [] },
        verdict: reason ? { verdict: 'retry', reason } : { verdict: 'accepted' },
      });
      expect(given).to.deep.equal({ kind: 'done' });
    }
    const concluded = await reviewDesk.conclude({ ...asked, version: (await seen()).version });
    expect(concluded).to.deep.equal({ kind: 'done' });
    return (await seen()).proposal !== null;
  }

  /** What happens outside the chat: 【上传】【上传 偏暗】【审核通过】【驳回】【退回 id-front BLURRY】【审核台 R01 id-back=BLURRY】【审核台 R02 复核】【平台中断】【平台恢复】【维护结束】【结清】【在App里解绑 card-happy-1】【平台还原】【过了 2 小时】【平台通知 settled】【连点 10 下一步】【重发 10 下一步】【发文件 截图.jpg】【微信发照片】【客服接入】【客服回复 …】【客服交回】【客服结束 小结】【转到专席 complaint】【改派到 complaint】【客服都走了】【客服掉线】【等了 4 分钟】 */
  async stage(direction: string): Promise<void> {
    const [what = '', ...details] = direction.split(' ');
    const { cases, desk, agent, sandbox, clock } = this.#desk;
    const before = await this.#lastSeq();
    switch (what) {
      case '上传':
        return this.#upload(details[0] ?? '');
      case '平台中断':
        return sandbox.fail({ mode: 'error' });
      case '平台恢复':
        return sandbox.fail({ mode: 'none' });
      case '维护结束':
        return sandbox.endMaintenance();
      case '结清':
        sandbox.settle(this.#customer ?? '');
        return;
      case '在App里解绑':
        expect(sandbox.unbind(this.#customer ?? '', details[0] ?? '')).to.equal(true);
        return;
      case '平台还原':
        return sandbox.reset();
      case '连点':
        return this.#burst(details);
      case '重发':
        return this.#burst(details, randomUUID());
      case '过了':
        clock.advance(Number(details[0]) * 3_600_000);
        return this.#desk.tellReminders();
      case '平台通知':
        await this.#desk.takePlatformEvent(this.#event(details));
        return this.#desk.tellReminders();
      case '微信发照片':
        return this.#sendUnkept();
      case '发文件':
        return this.#sendFile(details.join(' '));
      case '客服接入':
        await desk.claim(await this.#handoff(), agent);
        break;
      case '客服回复': {
        const from = { id: agent.id, name: agent.number };
        await this.#desk.store.append(this.#id, 'agent', [
          { type: 'message', text: details.join(' '), from },
        ]);
        await desk.replied(await this.#handoff(), agent);
        return;
      }
      case '客服结束':
        await desk.close(await this.#handoff(), agent, { code: 'solved', summary: details[0] });
        break;
      case '客服交回':
        await desk.returnToBot(await this.#handoff(), agent);
        break;
      case '转到专席':
        await desk.transfer(await this.#handoff(), agent, { group: details[0] ?? '' });
        break;
      case '改派到':
        await desk.reassign(await this.#handoff(), agent, { group: details[0] ?? '' });
        break;
      case '客服都走了':
        return desk.setPresence(agent, 'offline');
      case '客服掉线':
        clock.advance(61_000);
        await this.#desk.rounds.round();
        break;
      case '等了':
        clock.advance(Number(details[0]) * 60_000);
        await desk.heartbeat(agent);
        await this.#desk.rounds.round();
        break;
      case '审核通过':
        await cases.approve(await this.#caseNumber(), 'reviewer');
        break;
      case '驳回':
        await cases.reject(await this.#caseNumber(), 'reviewer');
        break;
      case '审核台': {
        const [reviewer = '', ...steps] = details;
        const silent = await this.#review(reviewer, steps);
        if (silent) return;
        break;
      }
      case '退回': {
        const [slot, reason] = details as ['id-front', ReturnReason];
        await cases.needsMore(await this.#caseNumber(), 'reviewer', [{ slot, reason }]);
        break;
      }
      default:
        throw new Error(`no such stage direction: ${direction}`);
    }
    await this.#somethingNew(before);
  }
}

async function open(desk: Desk, scene: Scene): Promise<Talk> {
  desk.sandbox.reset();
  desk.clock.set(scene.at ?? '2026-11-23T10:00:00+08:00');
  desk.faults.length = 0;
  const id = `talk-${++count}`;
  // Cases belong to customers; each talk gets a conversation of its own and leaves no case behind for the next.
  await desk.store.open({
    id,
    channel: 'directline',
    userId: 'dl_test',
    customerId: scene.customer,
    locale: scene.locale ?? 'zh-CN',
  });
  if (scene.customer) await forgetCases(desk, scene.customer);
  if (scene.customer) await forgetReminders(desk, scene.customer);
  await emptyDesk(desk);
  return new Talk(desk, id, scene.customer);
}

async function forgetCases(desk: Desk, customerId: string): Promise<void> {
  const undecided = ['submitted', 'in-review', 'needs-more'];
  for (const old of await desk.cases.list({ conversationId: 'none', customerId })) {
    if (undecided.includes(old.state)) await desk.cases.withdraw(old.id);
    const decided = old.state === 'approved' || old.state === 'rejected';
    if (decided && old.number) await desk.cases.close(old.number, 'reviewer');
  }
}

async function forgetReminders(desk: Desk, customerId: string): Promise<void> {
  const owner = { conversationId: 'none', customerId };
  for (const { id } of await desk.reminders.list(owner)) await desk.reminders.cancel(id, owner);
}

/** Nobody waits from the talk before, and one agent is at the desk. */
async function emptyDesk({ desk, handoffs, agent }: Desk): Promise<void> {
  for (const { id } of await desk.chatsOf(agent.id)) await desk.close(id, agent, { code: 'solved' });
  for (const { id } of [...(await desk.queue()), ...(await desk.messages())])
    await handoffs.leave(id, 'cancelled');
  await desk.setPresence(agent, 'online');
}

function linesOf(exchanges: readonly Exchange[]): string {
  return exchanges.flatMap(({ line, said }) => [line, ...said.map(lineOf)]).join('\n');
}

/** Plays lines `客户: …` and `【…】` one after the other, whatever is said to them. */
async function perform(conversation: Talk, lines: readonly string[]): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  for (const line of lines) {
    const direction = DONE_BY_STAGE.exec(line)?.[1];
    if (!direction && !line.startsWith(USER)) throw new Error(`not a line of a transcript: ${line}`);
    try {
      if (direction) await conversation.stage(direction);
      else await conversation.say(line.slice(USER.length));
    } catch (cause) {
      exchanges.push({ line, said: await conversation.heard() });
      throw new Error(linesOf(exchanges), { cause });
    }
    exchanges.push({ line, said: await conversation.heard() });
  }
  return exchanges;
}

function written(transcript: string): string[] {
  return transcript
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Holds a conversation without expecting anything: lines `客户: …` and `【…】`. */
export async function play(scene: Scene, script: string): Promise<Exchange[]> {
  const desk = await sharedDesk();
  return perform(await open(desk, scene), written(script));
}

/**
 * Plays a conversation with the real engine and compares all that is said. Lines: `客户: …` says,
 * `【…】` happens outside the chat, `客服: …` is expected (`…` = any text, `[选项]` quick replies).
 * A failure shows the whole talk as a diff. Returns what was said.
 */
export async function talk(scene: Scene, transcript: string): Promise<Exchange[]> {
  const desk = await sharedDesk();
  const conversation = await open(desk, scene);
  const expected = written(transcript);
  const acts = expected.flatMap((line, index) => (line.startsWith(BOT) ? [] : [{ line, index }]));
  const exchanges = await perform(
    conversation,
    acts.map(({ line }) => line),
  );
  const actual = exchanges.flatMap(({ line, said }, n) => {
    const wanted = linesAfter(expected, acts[n]?.index ?? 0);
    return [
      line,
      ...said.map(lineOf).map((one, at) => (wanted[at] && fits(wanted[at], one) ? wanted[at] : one)),
    ];
  });
  expect(desk.faults, 'faults in a turn').to.deep.equal([]);
  expect(actual.join('\n')).to.equal(expected.join('\n'));
  expect(conversation.deadEnds(), 'where the customer was left standing').to.deep.equal([]);
  return exchanges;
}

function linesAfter(lines: string[], index: number): string[] {
  const following = lines.slice(index + 1);
  const end = following.findIndex((line) => !line.startsWith(BOT));
  return end === -1 ? following : following.slice(0, end);
}
