import { asc } from 'drizzle-orm';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { deskEvents, handoffs } from '../../src/database/schema/index.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { USUAL_TIMES } from '../../src/domain/desk.ts';
import { silent } from '../../src/domain/log.ts';
import type { StaffActor } from '../../src/domain/staff.ts';
import {
  createHandoffs,
  createTranscripts,
  type Desk,
  deskLive,
  deskRounds,
  startRounds,
} from '../../src/handoff/index.ts';
import { createAccounts } from '../../src/staff/index.ts';
import { TEST_HOURS } from './desk.ts';

const GROUPS = ['fraud', 'complaint', 'default'];
const REASONS = ['fraud_report', 'complaint', 'fail_risk', 'unbind_how'];
const clock = systemClock;

/** One process's desk: its own connections, its own rounds, its own look at the events. */
export async function startEngine(databaseUrl: string, errors: unknown[]) {
  const database = await connect({ databaseUrl, dataDir: 'memory://' });
  let kicked = () => {};
  const parts = {
    database,
    clock,
    defaults: { ...USUAL_TIMES, hours: TEST_HOURS },
    kick: () => kicked(),
  };
  const { handoffs: port, desk } = createHandoffs(parts);
  const log = { ...silent, error: (details: object) => void errors.push(details) };
  const transcripts = createTranscripts(parts);
  const rounds = deskRounds({ ...parts, transcripts, readLog: async () => [], told: () => {} });
  const running = startRounds({ rounds, log });
  const live = deskLive({ reading: desk, log });
  kicked = () => {
    running.kick();
    live.kick();
  };
  return {
    ...{ database, port, desk, live },
    async stop() {
      await running.stop();
      await live.stop();
      await database.close();
    },
  };
}

export type Engine = Awaited<ReturnType<typeof startEngine>>;

/** Agents of two groups each, spread over the processes; nobody is there yet. */
export async function hire(database: Database, desks: readonly Desk[], count: number) {
  const accounts = createAccounts({ database, clock });
  const agents: { actor: StaffActor; desk: Desk; engine: number; groups: string[] }[] = [];
  for (let n = 0; n < count; n++) {
    const groups = [GROUPS[n % 3] ?? '', 'default'];
    const account = { login: `a${n}`, number: `A${n}`, name: `A${n}`, roles: ['agent' as const] };
    // A subject of the identity provider spares the password's slow hash.
    const made = await accounts.create({ ...account, groups, capacity: 2, oidcSubject: `s${n}` }, 'test');
    if (made.kind !== 'created') throw new Error(made.kind);
    const { id, number, roles } = made.member;
    const engine = n % desks.length;
    const desk = desks[engine];
    if (desk) agents.push({ actor: { id, number, roles }, desk, engine, groups });
  }
  return agents;
}

/** Goes through what was committed, in order: who had what when, and whether somebody was passed over. */
export async function replay(database: Database) {
  const events = await database.run((db) => db.select().from(deskEvents).orderBy(asc(deskEvents.seq)));
  const rows = await database.run((db) => db.select().from(handoffs));
  const ticketOf = new Map(rows.map((row) => [row.id, row]));
  const held = new Map<string, string>();
  const free = new Map<string, { queue: string; rank: number; since: number }>();
  const seen = { double: 0, passedOver: 0, offers: 0, accepted: 0, gaps: 0 };
  for (const [index, { seq, type, handoffId, staffId, data }] of events.entries()) {
    if (seq !== index + 1) seen.gaps++;
    const row = handoffId ? ticketOf.get(handoffId) : undefined;
    if (!handoffId || !row) continue;
    const place = (returned: boolean) => ({
      queue: `${row.group} ${row.priority}`,
      rank: row.ticket - (returned ? 1e9 : 0),
      since: seq,
    });
    if (type === 'queued' || type === 'requeued' || type === 'offer-missed') {
      held.delete(handoffId);
      free.set(handoffId, place(type === 'requeued'));
    }
    if (type === 'offered') {
      const mine = free.get(handoffId);
      // Whoever came while the round was under way was not there to be seen.
      const isFirst = [...free.values()].every(
        ({ queue, rank, since }) =>
          queue !== mine?.queue || rank >= mine.rank || since > Number(data.queueAt),
      );
      if (!mine || data.returned !== mine.rank < 0 || !isFirst) seen.passedOver++;
      seen.offers++;
      free.delete(handoffId);
    }
    if (type === 'accepted') {
      if (held.has(handoffId)) seen.double++;
      held.set(handoffId, staffId ?? '');
      free.delete(handoffId);
      seen.accepted++;
    }
    if (type === 'left' || type === 'closed') {
      held.delete(handoffId);
      free.delete(handoffId);
    }
  }
  return { ...seen, states: rows.map(({ state }) => state), held: held.size };
}

export type Hired = Awaited<ReturnType<typeof hire>>[number];

/** The n-th customer asks for a person; every tenth asks at two processes at once, as a turn that runs twice does. */
export async function customerComes(engines: readonly Engine[], n: number): Promise<void> {
  const id = `crowd-${n}`;
  const reason = REASONS[n % REASONS.length];
  const wish = { conversationId: id, channel: 'directline', locale: 'zh-CN', seq: 1, reason };
  const runs = n % 10 === 0 ? [0, 1] : [0];
  await Promise.all(runs.map((run) => engines[(n + run) % engines.length]?.port.request(wish, `${id}:1`)));
}

/** Tells whoever is offered a chat, at the process of each. */
export async function onOffers(
  engines: readonly Engine[],
  agents: readonly Hired[],
  offered: (agent: Hired, handoffId: string, seq: number) => void,
): Promise<void> {
  for (const [index, { live }] of engines.entries()) {
    const own = new Map(
      agents.filter(({ engine }) => engine === index).map((agent) => [agent.actor.id, agent]),
    );
    await live.subscribe((events) => {
      for (const { type, handoffId, staffId, seq } of events) {
        const agent = type === 'offered' ? own.get(staffId ?? '') : undefined;
        if (agent && handoffId) offered(agent, handoffId, seq);
      }
    });
  }
}
