import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { handoffs } from '../../src/database/schema/index.ts';
import type { StaffActor } from '../../src/domain/staff.ts';
import type { Desk } from '../../src/handoff/index.ts';
import { customerComes, type Engine, hire, onOffers, replay, startEngine } from '../support/crowd.ts';
import { freshPostgres } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';

const ENGINES = 3;
const AGENTS = 160;
const CUSTOMERS = 320;
/** Who see the same chat and want it. */
const AT_ONCE = 5;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
      for (let n = next++; n < CUSTOMERS; n = next++) await customerComes(engines, n);
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
    const agents = await hire(first().database, desks(), AGENTS);
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
    await onOffers(engines, agents, ({ desk, actor }, handoffId, seq) => {
      serving.push(serve(desk, actor, handoffId, seq));
    });
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
    const agents = await hire(first().database, desks(), AGENTS);
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

  it('ten thousand in the queue: the first is called, the last knows the place, the desk reads a page of them', async () => {
    const QUEUED = 10_000;
    const [agent] = await hire(first().database, desks(), 1);
    if (!agent) throw new Error('nobody was hired');
    const { port, desk, database } = first();
    await customerComes(engines, 2);
    const [row] = await database.run((db) => db.select().from(handoffs));
    if (!row) throw new Error('nobody came');
    const like = ({ ticket, ...rest }: typeof row, n: number) => ({
      ...rest,
      ...{ id: randomUUID(), conversationId: `many-${n}`, idempotencyKey: `many-${n}` },
    });
    for (let n = 1; n < QUEUED; n += 500) {
      const some = Array.from({ length: Math.min(500, QUEUED - n) }, (_, index) => like(row, n + index));
      await database.run((db) => db.insert(handoffs).values(some));
    }
    await agent.desk.setPresence(agent.actor, 'online');
    const sizes = await desk.queueSizes();
    expect(sizes.reduce((sum, { waiting }) => sum + waiting, 0)).to.equal(QUEUED);
    expect(await desk.queue()).to.have.length.within(1, 200);
    const last = await port.open(`many-${QUEUED - 1}`);
    expect(last?.state === 'queued' && last.standing.position).to.be.greaterThan(1_000);
    const claimed = await agent.desk.claimNext(agent.actor);
    expect(claimed).to.have.property('kind', 'done');
    expect(claimed.kind === 'done' && claimed.handoff.conversationId).to.equal(row.conversationId);
    expect(errors).to.deep.equal([]);
  });
});
