import type { LogEntry } from '../../../src/conversation/store.ts';
import { expectSame, expectThat } from './violation.ts';

/** What a reply carries: which message it answers, by whose right, and that it is whole. */
export interface AnswerMark {
  answers: number;
  fence: number;
  part: number;
  parts: number;
}

export const timeOf = (entry: LogEntry) => Date.parse(String(entry.activity.timestamp));

function markOf(entry: LogEntry): AnswerMark | undefined {
  return entry.origin === 'bot' ? (entry.activity.channelData as AnswerMark) : undefined;
}

function checkOrder(id: string, log: readonly LogEntry[]): void {
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, entry] of log.entries()) {
    expectSame('the log has a gap', entry.seq, index + 1);
    expectSame('activity id', entry.activity.id, `${id}|${String(entry.seq).padStart(7, '0')}`);
    const at = timeOf(entry);
    expectThat(at > before, `entry ${entry.seq} is not later than the one before it`);
    before = at;
  }
}

/** Replies of one commit stand together, whole, after their message; commits in the messages' order. */
function checkAnswers(log: readonly LogEntry[], accepted: ReadonlySet<number>): void {
  const answered = new Set<number>();
  let last = 0;
  for (const entry of log) {
    const mark = markOf(entry);
    if (!mark || mark.part > 0) continue;
    const { answers, fence, parts } = mark;
    expectThat(accepted.has(answers), `reply ${entry.seq} answers ${answers}, which nobody accepted`);
    expectThat(answers < entry.seq, `reply ${entry.seq} stands before message ${answers}`);
    expectThat(!answered.has(answers), `message ${answers} was answered twice`);
    expectThat(answers > last, `message ${answers} was answered after message ${last}`);
    const group = log.slice(entry.seq - 1, entry.seq - 1 + parts).map(markOf);
    const whole = Array.from({ length: parts }, (_, part) => ({ answers, fence, part, parts }));
    expectSame(`replies to message ${answers}`, group, whole);
    answered.add(answers);
    last = answers;
  }
  const marks = log.filter((entry) => markOf(entry)).length;
  const inGroups = log.reduce(
    (sum, entry) => sum + (markOf(entry)?.part === 0 ? (markOf(entry)?.parts ?? 0) : 0),
    0,
  );
  expectSame('replies that belong to no answer', marks - inGroups, 0);
}

/**
 * What a conversation's log and state have to look like when everything is over, seen from outside: from what
 * was acknowledged, the log and the state alone.
 */
export function checkConversation(parts: {
  id: string;
  accepted: readonly { seq: number; text: string }[];
  log: readonly LogEntry[];
  /** Messages that the state says were answered. */
  answered: unknown;
}): void {
  const { id, accepted, log, answered } = parts;
  checkOrder(id, log);
  const messages = log
    .filter(({ origin }) => origin === 'customer' || origin === 'system')
    .map(({ seq, activity }) => ({ seq, text: activity.text }));
  expectSame('messages in the log', messages, accepted);
  const seqs = accepted.map(({ seq }) => seq);
  checkAnswers(log, new Set(seqs));
  expectSame('answered messages in the state', answered, seqs);
}
