import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { transcripts } from '../../src/database/schema/index.ts';
import type { Role } from '../../src/domain/staff.ts';
import { deskOn } from '../handoff/desk.ts';
import { Browser, type DeskServer, startDesk } from './client.ts';

interface Found {
  found: { handoffId: string; hits: { text: string }[]; agent?: { number: string } }[];
  next?: string;
  groups: { id: string; name: string }[];
}

describe('the search at the console', function () {
  this.timeout(60_000);
  let database: Database;
  let server: DeskServer;
  let desk: ReturnType<typeof deskOn>;
  const talks: Record<'fraud' | 'default', string[]> = { fraud: [], default: [] };

  before(async () => {
    database = await connect({ dataDir: 'memory://' });
    desk = deskOn(database);
    server = await startDesk(database, desk.clock);
    const now = desk.clock.now().getTime();
    for (const [n, group] of (['default', 'fraud', 'default', 'default'] as const).entries()) {
      const handoffId = await desk.customer();
      const endedAt = new Date(now - n * 24 * 3_600_000);
      const words = `第${n}次 招商银行解绑`;
      const lines = [{ seq: 1, at: endedAt.toISOString(), origin: 'customer' as const, text: words }];
      const row = { handoffId, conversationId: `c-${n}`, group, endedAt, lines, words };
      await database.run((db) => db.insert(transcripts).values(row));
      talks[group].push(handoffId);
    }
  });
  after(async () => {
    await server.close();
    await database.close();
  });

  async function asker(roles: Role[], groups: string[] = []) {
    const page = new Browser(server.url);
    const { login } = await server.hire(`search-${roles[0]}-${groups[0]}`, roles, { groups });
    await page.logIn(login);
    return async (query: Record<string, string> = {}) => {
      const answer = await page.request('GET', `/search?${new URLSearchParams(query)}`);
      return { ...answer, ...(answer.body as unknown as Found) };
    };
  }
  const ids = ({ found }: Found) => found.map(({ handoffId }) => handoffId);

  it('shows agents what their groups have talked about, whatever group they ask for', async () => {
    const ask = await asker(['agent'], ['default']);
    const all = await ask({ q: '解绑' });
    expect(ids(all)).to.deep.equal(talks.default);
    expect(all.groups.map(({ id }) => id)).to.deep.equal(['default']);
    expect(ids(await ask({ group: 'fraud' }))).to.deep.equal([]);
    expect((await (await asker(['reviewer']))()).status).to.equal(403);
  });

  it('shows supervisors and auditors all, by group and by the time of the end', async () => {
    for (const role of ['supervisor', 'auditor'] as const) {
      const ask = await asker([role]);
      expect((await ask()).found).to.have.length(4);
      expect(ids(await ask({ group: 'fraud' }))).to.deep.equal(talks.fraud);
      const yesterday = new Date(desk.clock.now().getTime() - 12 * 3_600_000).toISOString();
      expect(ids(await ask({ from: yesterday }))).to.deep.equal(talks.default.slice(0, 1));
      expect((await ask({ to: yesterday })).found).to.have.length(3);
      expect((await ask({ staffId: randomUUID() })).found).to.deep.equal([]);
    }
  });

  it('gives page after page and takes no other cursor than its own', async () => {
    const ask = await asker(['supervisor', 'auditor'], ['x']);
    const first = await ask({ limit: '3' });
    const second = await ask({ limit: '3', after: first.next ?? '' });
    expect([first.found.length, second.found.length, second.next]).to.deep.equal([3, 1, undefined]);
    expect(new Set([...ids(first), ...ids(second)]).size).to.equal(4);
    const bad: Record<string, string>[] = [
      { after: 'somewhere' },
      { from: 'yesterday' },
      { staffId: 'A12' },
      { limit: '51' },
      { q: 'x'.repeat(101) },
    ];
    for (const query of bad) expect([query, (await ask(query)).status]).to.deep.equal([query, 400]);
  });
});
