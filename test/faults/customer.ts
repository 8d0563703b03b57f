import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { Line } from './line.ts';
import type { Pair, Which } from './pair.ts';
import { Reader, type Shown } from './reader.ts';
import { SCRIPTS, type Script } from './scripts.ts';

/** A message that a server has acknowledged. Times are epoch ms. */
export interface Sent {
  text: string;
  /** The client's own id, the same at every try. */
  key: string;
  /** The server's. */
  id: string;
  /** Who has acknowledged it. */
  by: Which;
  resent: number;
  acknowledgedAt: number;
}

/** One conversation from its beginning to its end. */
export interface Conversation {
  id: string;
  script: Script;
  sent: Sent[];
  reader: Reader;
  /** Reads the log over HTTP. */
  log(): Promise<Shown[]>;
}

export interface CustomerOptions {
  pair: Pair;
  /** Different for each customer of a pair. */
  number: number;
  script: Script;
  /** Waits for each answer, or writes on without. */
  patient: boolean;
  /** Hears of the conversation as soon as there is one. */
  begun?: (conversation: Conversation) => void;
}

/** The longest that anybody may wait in any test, so that one which fails says who waits. */
const ANSWERED_MS = 90_000;
const THINK_MS = { least: 50, most: 300 };

const thinking = () => pause(THINK_MS.least + Math.random() * (THINK_MS.most - THINK_MS.least));

async function start(line: Line, { pair, number, script }: CustomerOptions) {
  const generated = await line.ask(pair.secret, 'tokens/generate', {
    user: { id: `dl_${number}` },
    customerId: `${script}~${number}`,
  });
  const { token, conversationId } = generated.body as { token: string; conversationId: string };
  await line.ask(token, 'conversations', { locale: 'zh-CN' });
  return { token, id: conversationId };
}

async function readLog(line: Line, { id, token }: { id: string; token: string }): Promise<Shown[]> {
  const all: Shown[] = [];
  for (let watermark = ''; ; ) {
    const { body } = await line.ask(token, `conversations/${id}/activities?watermark=${watermark}`);
    const set = body as { activities: Shown[]; watermark: string };
    // A process without its Redis shows nothing at all, not even the greeting that each of these begins with.
    if (set.activities.length === 0 && all.length === 0) continue;
    if (set.activities.length === 0) return all;
    all.push(...set.activities);
    watermark = set.watermark;
  }
}

async function post(line: Line, { id, token }: { id: string; token: string }, text: string): Promise<Sent> {
  const key = randomUUID();
  const activity = { type: 'message', from: { id: 'me' }, text, channelData: { clientActivityID: key } };
  const { by, body, failures } = await line.ask(token, `conversations/${id}/activities`, activity);
  return { text, key, by, id: (body as { id: string }).id, resent: failures, acknowledgedAt: Date.now() };
}

/**
 * Lives through one script, posting to both processes in turn and resending under the same key what was not
 * acknowledged. Resolves when the reader has seen everything; throws when an answer does not come.
 */
export async function converse(options: CustomerOptions): Promise<Conversation> {
  const { pair, number, script, patient } = options;
  const line = new Line(pair, `10.0.${number >> 8}.${number & 255}`, number % 2 === 0 ? 0 : 1);
  const begun = await start(line, options);
  const reader = new Reader(pair, line, begun);
  const sent: Sent[] = [];
  const conversation = { id: begun.id, script, sent, reader, log: () => readLog(line, begun) };
  options.begun?.(conversation);
  const answered = (message: Sent) =>
    eventually(() => reader.hasAnswerTo(message.id), ANSWERED_MS).catch(async () => {
      const written = (await conversation.log()).some(({ replyToId }) => replyToId === message.id);
      const what = written
        ? `the reader (ends ${reader.ends}) has not seen the answer`
        : 'there is no answer';
      throw new Error(`${what} to ${message.id}, ${message.text}`);
    });

  for (const text of SCRIPTS[script]) {
    const message = await post(line, begun, text);
    sent.push(message);
    if (patient) await answered(message);
    if (patient) await thinking();
  }
  for (const message of sent) await answered(message);
  const { length } = await conversation.log();
  await eventually(() => {
    if (reader.seen.length < length) throw new Error(`the reader has ${reader.seen.length} of ${length}`);
  }, ANSWERED_MS);
  await reader.close();
  return conversation;
}
