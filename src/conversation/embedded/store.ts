import { readFile } from 'node:fs/promises';
import type { Clock } from '../../domain/clock.ts';
import type { ConversationInfo } from '../../domain/conversation.ts';
import { type Log, silent } from '../../domain/log.ts';
import { fromRoot } from '../../root.ts';
import { createDamageReport } from '../damage.ts';
import { entryOf } from '../log-entry.ts';
import { modeOf, readRecord } from '../record.ts';
import type {
  AcceptResult,
  Claim,
  ClaimResult,
  CommitResult,
  ConversationStore,
  Incoming,
  NewActivity,
  TurnOutcome,
} from '../store.ts';
import { createWakeUps } from './wake-ups.ts';

/** The part of PGlite that the store uses. */
export interface EmbeddedSql {
  query<T>(sql: string, params?: unknown[]): Promise<{ rows: T[] }>;
  exec(sql: string): Promise<unknown>;
}

interface EntryRow {
  seq: number;
  origin: string;
  body: string;
  at: number;
}
type PendingRow = EntryRow & { attempts: number };

interface ConversationRow {
  channel: string;
  user_id: string;
  customer_id: string | null;
  locale: string;
}

type ClaimRow = ConversationRow & {
  kind: ClaimResult['kind'];
  fence: number;
  mode: string;
  state: string;
  messages: PendingRow[] | null;
};

const DEDUPE_MS = 24 * 60 * 60 * 1000;
const CLEAN_EVERY_MS = 60 * 60 * 1000;

function infoOf(id: string, row: ConversationRow): ConversationInfo {
  return {
    id,
    channel: row.channel,
    userId: row.user_id,
    customerId: row.customer_id ?? undefined,
    locale: row.locale,
  };
}

function pendingOf(id: string, rows: PendingRow[]) {
  return rows.map((row) => ({ ...entryOf(id, row), attempts: row.attempts }));
}

function claimOf(id: string, row: ClaimRow, leaseMs: number): Claim {
  return {
    conversation: infoOf(id, row),
    fence: row.fence,
    ...readRecord(row),
    messages: pendingOf(id, row.messages ?? []),
    leaseMs,
  };
}

/**
 * The store port on one embedded PostgreSQL, for one process.
 * Opening it frees every lease: whoever held one is dead, since the data directory has one owner.
 */
export async function createEmbeddedStore(parts: {
  sql: EmbeddedSql;
  clock: Clock;
  /** Is told of damaged rows. */
  log?: Log;
}): Promise<ConversationStore> {
  const { sql, clock } = parts;
  const damage = createDamageReport(parts.log ?? silent, (id) => ({
    record: `conversation.conversations, id ${id}`,
    log: `conversation.log, conversation_id ${id}`,
  }));
  await sql.exec(await readFile(fromRoot('src/conversation/embedded/schema.sql'), 'utf8'));
  await sql.query('update conversation.conversations set lease_until = 0 where lease_until > 0');
  const wakeUps = createWakeUps();
  const now = () => clock.now().getTime();
  let cleanedAt = 0;

  async function forgetOldKeys(): Promise<void> {
    if (now() - cleanedAt < CLEAN_EVERY_MS) return;
    cleanedAt = now();
    await sql.query('delete from conversation.dedupe where at <= $1', [now() - DEDUPE_MS]);
  }

  async function appendOnce(id: string, origin: string, activities: NewActivity[], key: string) {
    await forgetOldKeys();
    const { rows } = await sql.query<EntryRow & { is_new: boolean }>(
      'select * from conversation.append_once($1, $2, $3, $4, $5)',
      [id, origin, JSON.stringify(activities[0]), key, now()],
    );
    const entries = rows.map((row) => entryOf(id, row));
    if (rows[0]?.is_new) wakeUps.wake(id, { kind: 'appended', entries });
    return entries;
  }

  return {
    async open(info) {
      const { rows } = await sql.query<{ id: string }>(
        `insert into conversation.conversations (id, channel, user_id, customer_id, locale)
         values ($1, $2, $3, $4, $5) on conflict (id) do nothing returning id`,
        [info.id, info.channel, info.userId, info.customerId ?? null, info.locale],
      );
      if (rows.length > 0) return { created: true, conversation: info };
      const there = await sql.query<ConversationRow>(
        'select * from conversation.conversations where id = $1',
        [info.id],
      );
      const row = there.rows[0];
      if (!row) throw new Error('the conversation vanished while it was opened');
      return { created: false, conversation: infoOf(info.id, row) };
    },

    async find(id) {
      const { rows } = await sql.query<ConversationRow & { mode: string; last_seq: number }>(
        'select * from conversation.conversations where id = $1',
        [id],
      );
      const row = rows[0];
      return row && { ...infoOf(id, row), mode: modeOf(row.mode), lastSeq: row.last_seq };
    },

    async accept(id, incoming: Incoming, leaseMs = 0): Promise<AcceptResult> {
      await forgetOldKeys();
      const { rows } = await sql.query<EntryRow & { kind: 'accepted' | 'duplicate'; claim: ClaimRow | null }>(
        'select * from conversation.accept($1, $2, $3, $4, $5, $6)',
        [id, incoming.origin, JSON.stringify(incoming.activity), incoming.dedupeKey ?? null, now(), leaseMs],
      );
      const row = rows[0];
      if (!row) return { kind: 'unknown-conversation' };
      const entry = entryOf(id, row);
      if (row.kind === 'duplicate') return { kind: row.kind, entry };
      wakeUps.wake(id, { kind: 'appended', entries: [entry] });
      if (row.claim?.kind !== 'claimed') return { kind: row.kind, entry };
      return { kind: row.kind, entry, claim: damage.inClaim(claimOf(id, row.claim, leaseMs)) };
    },

    async claim(id, leaseMs): Promise<ClaimResult> {
      const { rows } = await sql.query<ClaimRow>('select * from conversation.claim($1, $2, $3)', [
        id,
        now(),
        leaseMs,
      ]);
      const row = rows[0];
      if (row?.kind !== 'claimed') return { kind: row?.kind ?? 'idle' };
      return { kind: row.kind, claim: damage.inClaim(claimOf(id, row, leaseMs)) };
    },

    async renew(id, fence, leaseMs) {
      const { rows } = await sql.query(
        `update conversation.conversations set lease_until = $3
         where id = $1 and fence = $2 and lease_until > 0 returning id`,
        [id, fence, now() + leaseMs],
      );
      return rows.length > 0;
    },

    async commit(claim: Claim, turn: TurnOutcome): Promise<CommitResult> {
      const id = claim.conversation.id;
      const { rows } = await sql.query<{
        kind: CommitResult['kind'];
        replies_added: EntryRow[] | null;
        messages: PendingRow[] | null;
      }>('select * from conversation.commit_turn($1, $2, $3, $4, $5, $6, $7, $8)', [
        id,
        claim.fence,
        turn.seq,
        JSON.stringify(turn.state),
        turn.mode,
        JSON.stringify(turn.replies.map((reply) => JSON.stringify(reply))),
        now(),
        claim.leaseMs,
      ]);
      const row = rows[0];
      if (row?.kind !== 'committed') return { kind: 'stale' };
      const replies = (row.replies_added ?? []).map((reply) => entryOf(id, reply));
      if (replies.length > 0) wakeUps.wake(id, { kind: 'appended', entries: replies });
      if (!row.messages) return { kind: 'committed', replies };
      const { lost: _, ...present } = claim;
      const { mode, state } = turn;
      const messages = pendingOf(id, row.messages);
      return { kind: 'committed', replies, claim: damage.inClaim({ ...present, mode, state, messages }) };
    },

    async release(id, fence) {
      await sql.query('update conversation.conversations set lease_until = 0 where id = $1 and fence = $2', [
        id,
        fence,
      ]);
    },

    // There is no other process.
    async offer() {},
    async onOffer() {},

    async append(id, origin, activities: NewActivity[], dedupeKey) {
      if (dedupeKey !== undefined) return appendOnce(id, origin, activities, dedupeKey);
      const { rows } = await sql.query<EntryRow>(
        `select entry.* from json_array_elements_text($3::json) with ordinality as a(body, n),
           lateral conversation.add_entry($1, $2, a.body, $4) as entry order by a.n`,
        [id, origin, JSON.stringify(activities.map((activity) => JSON.stringify(activity))), now()],
      );
      const added = rows.filter((row) => row.seq !== null).map((row) => entryOf(id, row));
      if (added.length > 0) wakeUps.wake(id, { kind: 'appended', entries: added });
      return added;
    },

    async read(id, afterSeq, limit) {
      const { rows } = await sql.query<EntryRow>(
        'select seq, origin, body, at from conversation.log where conversation_id = $1 and seq > $2 order by seq limit $3',
        [id, afterSeq, limit],
      );
      return damage.inLog(
        id,
        rows.map((row) => entryOf(id, row)),
      );
    },

    async pending(olderThanMs, limit) {
      const { rows } = await sql.query<{ id: string }>(
        `select c.id from conversation.conversations c
         where c.lease_until <= $1 and exists (
           select 1 from conversation.pending p where p.conversation_id = c.id and p.accepted_at <= $2)
         order by c.id limit $3`,
        [now(), now() - olderThanMs, limit],
      );
      return rows.map((row) => row.id);
    },

    async subscribe(id, listener) {
      return wakeUps.subscribe(id, listener);
    },
    async pass(id, activity) {
      wakeUps.wake(id, { kind: 'passing', activity });
    },
    async ping() {
      await sql.query('select 1');
    },
    async close() {
      wakeUps.clear();
    },
  };
}
