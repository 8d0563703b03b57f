import { expect } from 'chai';
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
import { freshPostgres } from '../support/databases.ts';
import { TEST_SETTINGS } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';

const ENGINES = 3;
const AGENTS = 160;
const CUSTOMERS = 320;
/** Who see the same chat and want it. */
const AT_ONCE = 5;
const GROUPS = ['fraud', 'complaint', 'default'];
const REASONS = ['fraud_report', 'complaint', 'fail_risk', 'unbind_how'];
const clock = systemClock;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One process's desk: its own connections, its own rounds, its own look at the events. */
async function startEngine(databaseUrl: string, errors: unknown[]) {
  const database = await connect({ databaseUrl, dataDir: 'memory://' });
  let kicked = () => {};
  const parts = {
    database,
    clock,
    defaults: { ...USUAL_TIMES, hours: TEST_SETTINGS.openingHours },
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

type Engine = Awaited<ReturnType<typeof startEngine>>;

async function hire(database: Database, desks: readonly Desk[]) {
  const accounts = createAccounts({ database, clock });
  const agents: { actor: StaffActor; desk: Desk; engine: number; groups: string[] }[] = [];
  for (let n = 0; n < AGENTS; n++) {
    const groups = [GROUPS[n % 3] ?? '', 'default'];
    const account = { login: `a${n}`, number: `A${n}`, name: `A${n}`, roles: ['agent' as const] };
    // A subject of the identity provider spares the password's slow hash.
    const made = await accounts.create({ ...account, groups, capacity: 2, oidcSubject: `s${n}` }, 'test');
    if (made.kind !== 'created') throw new Error(made.kind);
    const { id, number, roles } = made.member;
    const engine = n % ENGINES;
    const desk = desks[engine];
    if (desk) agents.push({ actor: { id, number, roles }, desk, engine, groups });
  }
  return agents;
}

/** Goes through what was committed, in order: who had what when, and whether somebody was passed over. */
async function replay(database: Database) {
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

describe(`${AGENTS} agents on ${ENGINES} processes`, function crowd() {
  this.timeout(120_000);
  let engines: Engine[] = [];
  const errors: unknown[] = [];

  beforeEach(async () => {
    errors.length = 0;
    const url = await freshPostgres();
    engines = [];
    for (let n = 0; n < ENGINES; n++) engines.push(await startEngine(url, errors));
  });
  afterEach(async () => {
    for (const engine of engines) await engine.stop();
  });
  const desks = () => engines.map(({ desk }) => desk);
  const first = () => {
    const [engine] = engines;
    if (!engine) throw new Error('no engine was started');
    return engine;
  };

  /** Some at a time, as turns do on a process. */
  async function customersCome(): Promise<void> {
    let next = 0;
    const come = async () => {
      for (let n = next++; n < CUSTOMERS; n = next++) {
        const id = `crowd-${n}`;
        const reason = REASONS[n % REASONS.length];
        const wish = { conversationId: id, channel: 'directline', locale: 'zh-CN', seq: 1, reason };
        // A turn that asks may run twice at once.
        const runs = n % 10 === 0 ? [0, 1] : [0];
        await Promise.all(runs.map((run) => engines[(n + run) % ENGINES]?.port.request(wish, `${id}:1`)));
      }
    };
    await Promise.all(Array.from({ length: 9 }, come));
  }

  async function allOver(): Promise<void> {
    await eventually(async () => {
      const sizes = await first().desk.queueSizes();
      const active = await first().desk.active();
      expect(sizes.length + active.length).to.equal(0);
      await pause(100);
    }, 60_000);
  }

  it('offered chats go to one person each, first come first served, and nobody is lost', async () => {
    const agents = await hire(first().database, desks());
    const kinds: string[] = [];
    const left = new Map<string, number>();

    async function serve(desk: Desk, actor: StaffActor, handoffId: string, n: number): Promise<void> {
      const claimed = await desk.claim(handoffId, actor);
      kinds.push(claimed.kind);
      if (claimed.kind !== 'done') return;
      await pause(20 + (n % 7) * 20);
      // Some go home in the middle of a talk; the queue has to bring their customers to others.
      if (n % 40 === 7 && !left.has(actor.id)) {
        left.set(actor.id, n);
        await desk.setPresence(actor, 'offline');
        return;
      }
      await desk.replied(handoffId, actor);
      await desk.close(handoffId, actor, { code: 'solved' });
    }

    const serving: Promise<void>[] = [];
    for (const [index, { desk, live }] of engines.entries()) {
      const own = new Map(
        agents.filter(({ engine }) => engine === index).map(({ actor }) => [actor.id, actor]),
      );
      await live.subscribe((events) => {
        for (const { type, handoffId, staffId, seq } of events) {
          const actor = type === 'offered' ? own.get(staffId ?? '') : undefined;
          if (actor && handoffId) serving.push(serve(desk, actor, handoffId, seq));
        }
      });
    }
    await Promise.all(agents.map(({ actor, desk }) => desk.setPresence(actor, 'online')));
    await customersCome();
    await allOver();
    await Promise.all(serving);
    const seen = await replay(first().database);
    expect(errors).to.deep.equal([]);
    expect(seen).to.deep.include({ double: 0, passedOver: 0, gaps: 0, held: 0 });
    expect(seen.states).to.have.length(CUSTOMERS);
    expect(new Set(seen.states)).to.deep.equal(new Set(['closed']));
    expect(left.size).to.be.greaterThan(0);
    expect(seen.accepted).to.be.at.least(CUSTOMERS);
  });

  it('of all who grasp at a chat at the same moment one gets it, and the others are told who', async () => {
    const agents = await hire(first().database, desks());
    const [lead] = agents;
    if (!lead) throw new Error('nobody was hired');
    for (const { version, ...group } of await lead.desk.groups())
      await lead.desk.saveGroup({ ...group, autoAssign: false }, lead.actor, version);
    const results = new Map<string, number>();
    const grasping: Promise<void>[] = [];

    async function grasp({ actor, desk }: (typeof agents)[number], handoffId: string): Promise<void> {
      const claimed = await desk.claim(handoffId, actor);
      results.set(claimed.kind, (results.get(claimed.kind) ?? 0) + 1);
      if (claimed.kind === 'taken') expect(claimed.by.number).to.match(/^A\d+$/);
      if (claimed.kind === 'done') await desk.close(handoffId, actor, { code: 'solved' });
    }

    const serve = (group: string) => agents.filter(({ groups }) => groups.includes(group));
    await first().live.subscribe((events) => {
      for (const { type, handoffId, group, seq } of events) {
        if (type !== 'queued' || !handoffId) continue;
        const able = serve(group ?? '');
        for (let n = 0; n < AT_ONCE; n++) {
          const agent = able[(seq * 7 + n) % able.length];
          if (agent) grasping.push(grasp(agent, handoffId));
        }
      }
    });
    await Promise.all(agents.map(({ actor, desk }) => desk.setPresence(actor, 'online')));
    await customersCome();
    await allOver();
    await Promise.all(grasping);
    const seen = await replay(first().database);
    expect(errors).to.deep.equal([]);
    expect(seen).to.deep.include({ double: 0, gaps: 0, held: 0, accepted: CUSTOMERS });
    expect(new Set(seen.states)).to.deep.equal(new Set(['closed']));
    expect(results.get('done')).to.equal(CUSTOMERS);
    expect((results.get('taken') ?? 0) + (results.get('wrong-state') ?? 0)).to.be.greaterThan(0);
  });
});
