import pg from 'pg';
import { addTo, isReply, noCounts } from './counts.ts';
import type { Conversation } from './customer.ts';
import type { Pair } from './pair.ts';
import type { Shown } from './reader.ts';
import type { Script } from './scripts.ts';

/** What a script brings when nothing goes wrong: all that the bot says, and how its cases end. */
export type Undisturbed = Partial<Record<Script, { said: string[]; cases: string[] }>>;

interface CaseRow {
  conversation_id: string;
  state: string;
  number: string | null;
}

const CASE_NUMBER = /JB\d{14}/g;

/** Case numbers are different each time. */
const wordsOf = (log: Shown[]) =>
  log
    .filter(({ type, from }) => type === 'message' && from?.role === 'bot')
    .map(({ text = '' }) => text.replace(CASE_NUMBER, 'JB…'));

async function casesOf(pair: Pair): Promise<Map<string, CaseRow[]>> {
  const client = new pg.Client({ connectionString: pair.databaseUrl });
  await client.connect();
  const { rows } = await client.query<CaseRow>('select conversation_id, state, number from cases');
  await client.end();
  const byConversation = new Map<string, CaseRow[]>();
  for (const row of rows)
    byConversation.set(row.conversation_id, [...(byConversation.get(row.conversation_id) ?? []), row]);
  return byConversation;
}

const statesOf = (rows: CaseRow[]) => rows.map(({ state }) => state).sort();

/** What these conversations, in which nothing was disturbed, have brought. */
export async function observe(pair: Pair, conversations: Conversation[]): Promise<Undisturbed> {
  const cases = await casesOf(pair);
  const undisturbed: Undisturbed = {};
  for (const { id, script, log } of conversations)
    undisturbed[script] = { said: wordsOf(await log()), cases: statesOf(cases.get(id) ?? []) };
  return undisturbed;
}

/** The ids that replies answer, one for each group of replies in a row. */
function groupsOf(log: Shown[]): string[] {
  const ids = log.filter(isReply).map(({ replyToId = '' }) => replyToId);
  return ids.filter((id, index) => id !== ids[index - 1]);
}

function differences(name: string, found: string[], wanted: string[]): string[] {
  if (found.join('\n') === wanted.join('\n')) return [];
  return [`${name}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`];
}

/** Everything that is not as it would be without the fault; empty when all is well. */
function faultsOf(conversation: Conversation, log: Shown[], rows: CaseRow[], undisturbed: Undisturbed) {
  const { sent, reader, script } = conversation;
  const wanted = undisturbed[script];
  if (!wanted) return [`there is nothing to compare ${script} with`];
  const fromCustomer = log.filter(({ from }) => from?.role === 'user');
  const ids = sent.map(({ id }) => id);
  const told = log.flatMap(({ text = '' }) => text.match(CASE_NUMBER) ?? []);
  const numbers = rows.flatMap(({ number, state }) => (number && state !== 'withdrawn' ? [number] : []));
  return [
    ...differences(
      'messages',
      fromCustomer.map(({ channelData }) => channelData?.clientActivityID ?? ''),
      sent.map(({ key }) => key),
    ),
    ...differences(
      'their ids',
      fromCustomer.map(({ id = '' }) => id),
      ids,
    ),
    ...differences('answered', groupsOf(log), ids),
    ...differences('said', wordsOf(log), wanted.said),
    ...differences(
      'timestamps',
      log.map(({ timestamp = '' }) => timestamp),
      log.map(({ timestamp = '' }) => timestamp).sort(),
    ),
    ...differences(
      'read along',
      reader.seen.map(({ id = '' }) => id),
      log.map(({ id = '' }) => id),
    ),
    ...differences('cases', statesOf(rows), wanted.cases),
    ...differences('case numbers', told, numbers),
  ];
}

/** Compares all conversations with undisturbed ones and counts. */
export async function judge(pair: Pair, conversations: Conversation[], undisturbed: Undisturbed) {
  const counts = noCounts();
  const cases = await casesOf(pair);
  const faults: string[] = [];
  for (const conversation of conversations) {
    const { id } = conversation;
    const log = await conversation.log();
    const rows = cases.get(id) ?? [];
    addTo(counts, pair, conversation, log);
    counts.cases += rows.length;
    faults.push(...faultsOf(conversation, log, rows, undisturbed).map((fault) => `${id} ${fault}`));
  }
  return { counts, faults };
}
