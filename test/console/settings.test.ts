import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createCases } from '../../src/cases/index.ts';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { type DeskGroup, type DeskSettings, USUAL_TIMES } from '../../src/domain/desk.ts';
import { DEFAULT_REVIEW_RULES } from '../../src/domain/review.ts';
import { ROLES, type Role, type StaffMember } from '../../src/domain/staff.ts';
import { settingsIn } from '../../src/handoff/index.ts';
import { deskOn } from '../handoff/desk.ts';
import { FakeClock } from '../support/clock.ts';
import { freshPostgres } from '../support/databases.ts';
import { TEST_HOURS } from '../support/desk.ts';
import { Browser, type DeskServer, startDesk } from './client.ts';

interface Answer {
  desk: { value: DeskSettings; defaults: DeskSettings; version: number };
  groups: DeskGroup[];
}
interface Failure {
  code: string;
  details?: { version: number; now: DeskSettings & DeskGroup & StaffMember; faults: unknown };
}

const HALVES = [
  { from: '13:30', to: '18:00' },
  { from: '09:00', to: '12:00' },
];
const HOURS = { timeZone: 'Asia/Shanghai', periods: { 1: HALVES }, holidays: [], makeUpDays: {} };

describe('the settings of the desk', function () {
  this.timeout(60_000);
  const clock = new FakeClock();
  let here: Database;
  let server: DeskServer;
  /** Another process of the installation. */
  let other: Database;
  let elsewhere: ReturnType<typeof deskOn>;

  before(async () => {
    const databaseUrl = await freshPostgres();
    here = await connect({ databaseUrl, dataDir: 'memory://' });
    other = await connect({ databaseUrl, dataDir: 'memory://' });
    server = await startDesk(here, clock);
    elsewhere = deskOn(other);
  });
  after(async () => {
    await server.close();
    await here.close();
    await other.close();
  });
  /** Everything is as the operator has configured it again. */
  afterEach(async () => {
    const { desk } = await read();
    const reset = Object.keys(desk.value);
    expect((await ask('PATCH', '/settings', { version: desk.version, reset })).status).to.equal(200);
    elsewhere.clock.set('2026-11-23T10:00:00+08:00');
  });

  const pages = new Map<string, Browser>();
  async function pageOf(role: Role): Promise<Browser> {
    const known = pages.get(role);
    if (known) return known;
    const page = new Browser(server.url);
    const { login } = await server.hire(`settings-${role}`, [role]);
    expect((await page.logIn(login)).status).to.equal(200);
    pages.set(role, page);
    return page;
  }

  async function ask(method: string, path: string, body?: unknown, role: Role = 'supervisor') {
    const answer = await (await pageOf(role)).request(method, path, body);
    return { ...answer, error: answer.body.error as Failure | undefined };
  }
  const read = async () => (await ask('GET', '/settings')).body as unknown as Answer;
  const change = async (body: object) =>
    ask('PATCH', '/settings', { version: (await read()).desk.version, ...body });
  const group = async (id: string) => {
    const found = (await read()).groups.find((it) => it.id === id);
    if (!found) throw new Error(`no group ${id}`);
    return found;
  };
  const saveGroup = ({ id, ...body }: DeskGroup) => ask('PUT', `/settings/groups/${id}`, body);
  const openAt = (time: string, reason?: string) => {
    elsewhere.clock.set(time);
    return elsewhere.handoffs.desk({ locale: 'zh-CN', reason });
  };
  async function audited(action: string) {
    const { lines } = (await ask('GET', `/audit?action=${action}`, undefined, 'auditor')).body as {
      lines: { actor: string; after: Record<string, unknown> }[];
    };
    return lines;
  }

  it('are read and changed by supervisors and administrators alone', async () => {
    for (const role of ROLES) {
      const may = role === 'supervisor' || role === 'admin';
      expect([role, (await ask('GET', '/settings', undefined, role)).status]).to.deep.equal([
        role,
        may ? 200 : 403,
      ]);
      const { version } = (await read()).desk;
      const body = { version, change: { acceptSeconds: 45 } };
      expect([role, (await ask('PATCH', '/settings', body, role)).status]).to.deep.equal([
        role,
        may ? 200 : 403,
      ]);
    }
  });

  it('are those of the operator until they are changed, and again after they are taken back', async () => {
    const { desk } = await read();
    expect(desk.value).to.deep.equal(desk.defaults);
    expect(desk.value).to.deep.equal({ ...USUAL_TIMES, hours: TEST_HOURS });
    await change({ change: { acceptSeconds: 45, hours: HOURS } });
    expect((await read()).desk.value).to.include({ acceptSeconds: 45, silentSeconds: 300 });
    await change({ reset: ['acceptSeconds'] });
    expect((await read()).desk.value).to.deep.include({
      acceptSeconds: 30,
      hours: { ...HOURS, periods: { 1: [...HALVES].reverse() } },
    });
  });

  it('hold at once in another process: several periods, holidays, make-up workdays', async () => {
    expect(await openAt('2026-11-23T12:30:00+08:00')).to.deep.equal({ kind: 'open' });
    const makeUpDays = { '2026-11-28': [{ from: '10:00', to: '16:00' }] };
    await change({ change: { hours: { ...HOURS, holidays: ['2026-11-30'], makeUpDays } } });
    const next = (opensAt: string) => ({ kind: 'closed', opensAt: new Date(opensAt) });
    expect(await openAt('2026-11-23T12:30:00+08:00')).to.deep.equal(next('2026-11-23T13:30:00+08:00'));
    expect(await openAt('2026-11-23T13:30:00+08:00')).to.deep.equal({ kind: 'open' });
    // The Saturday is worked, the Monday after it is not.
    expect(await openAt('2026-11-23T18:00:00+08:00')).to.deep.equal(next('2026-11-28T10:00:00+08:00'));
    expect(await openAt('2026-11-28T15:59:00+08:00')).to.deep.equal({ kind: 'open' });
    expect(await openAt('2026-11-28T16:00:00+08:00')).to.deep.equal(next('2026-12-07T09:00:00+08:00'));
  });

  it('move the time by which documents have to be reviewed', async () => {
    const defaults = { ...USUAL_TIMES, hours: TEST_HOURS };
    const rules = { ...DEFAULT_REVIEW_RULES, targetMinutes: { ...DEFAULT_REVIEW_RULES.targetMinutes } };
    rules.targetMinutes.complaint = 60;
    const cases = createCases({
      ...{ database: other, clock: elsewhere.clock },
      review: { rules, hours: async (db) => (await settingsIn(db, defaults)).hours },
    });
    const breachAt = async () => {
      const conversationId = `c-${randomUUID()}`;
      const draft = await cases.draft({ conversationId, kind: 'complaint', requiredSlots: [] }, randomUUID());
      await cases.submit(draft.id);
      const found = await other.run((db) =>
        db.query.cases.findFirst({ where: (it, { eq }) => eq(it.id, draft.id) }),
      );
      return found?.breachAt?.toISOString();
    };
    elsewhere.clock.set('2026-11-23T11:30:00+08:00');
    expect(await breachAt()).to.equal('2026-11-23T04:30:00.000Z');
    await change({ change: { hours: HOURS } });
    expect(await breachAt()).to.equal('2026-11-23T06:00:00.000Z');
  });

  it('tell a stale page what it is now, and change nothing', async () => {
    const { version } = (await read()).desk;
    await change({ change: { acceptSeconds: 50 } });
    const stale = await ask('PATCH', '/settings', { version, change: { acceptSeconds: 20 } }, 'admin');
    expect([stale.status, stale.error?.code]).to.deep.equal([409, 'ChangedMeanwhile']);
    expect(stale.error?.details).to.deep.include({ version: version + 1 });
    expect(stale.error?.details?.now.acceptSeconds).to.equal(50);
    expect((await read()).desk.value.acceptSeconds).to.equal(50);
  });

  it('of two who change them at once one is told so', async () => {
    const { version } = (await read()).desk;
    const both = await Promise.all(
      [41, 42].map((acceptSeconds) => ask('PATCH', '/settings', { version, change: { acceptSeconds } })),
    );
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
  });

  const day = (...periods: [string, string][]) => periods.map(([from, to]) => ({ from, to }));
  const BAD: [string, object, object][] = [
    ['25:00', { periods: { 2: day(['09:00', '25:00']) } }, { day: '2', fault: 'time' }],
    ['9:00', { periods: { 2: day(['9:00', '18:00']) } }, { day: '2', fault: 'time' }],
    ['a night', { periods: { 5: day(['22:00', '06:00']) } }, { day: '5', fault: 'backwards' }],
    ['no time at all', { periods: { 5: day(['09:00', '09:00']) } }, { day: '5', fault: 'backwards' }],
    [
      'an overlap',
      { periods: { 7: day(['13:00', '18:00'], ['09:00', '13:01']) } },
      { day: '7', fault: 'overlap' },
    ],
    ['a closed workday', { makeUpDays: { '2026-10-10': [] } }, { day: '2026-10-10', fault: 'empty' }],
    [
      'a workday on a holiday',
      { holidays: ['2026-10-01'], makeUpDays: { '2026-10-01': day(['09:00', '12:00']) } },
      { day: '2026-10-01', fault: 'both' },
    ],
  ];
  for (const [what, bad, fault] of BAD) {
    it(`refuse ${what} and name the day`, async () => {
      const answer = await change({ change: { hours: { ...HOURS, ...bad } } });
      expect([answer.status, answer.error?.code]).to.deep.equal([422, 'BadHours']);
      expect(answer.error?.details?.faults).to.deep.equal([fault]);
    });
  }

  it('refuse what is no date, no weekday, no time zone, no sensible limit, and what is no setting', async () => {
    const bad = [
      { hours: { ...HOURS, holidays: ['2026-02-30'] } },
      { hours: { ...HOURS, periods: { 8: [] } } },
      { hours: { ...HOURS, timeZone: 'Mars/Olympus' } },
      { acceptSeconds: 0 },
      { reopenHours: 1.5 },
      { resolutionMinutes: 1e9 },
      { colour: 'red' },
    ];
    for (const wanted of bad)
      expect([wanted, (await change({ change: wanted })).status >= 400]).to.deep.equal([wanted, true]);
    const { desk } = await read();
    expect(desk.value).to.deep.equal(desk.defaults);
  });

  it('take periods that touch and a day until midnight', async () => {
    const periods = { 1: day(['12:00', '24:00'], ['00:00', '12:00']) };
    expect((await change({ change: { hours: { ...HOURS, periods } } })).status).to.equal(200);
    expect(await openAt('2026-11-23T23:59:59+08:00')).to.deep.equal({ kind: 'open' });
  });

  it('are in the audit with who changed them, and told to every console', async () => {
    const before = await elsewhere.desk.lastSeq();
    await change({ change: { silentSeconds: 240 } });
    const [last] = await audited('desk.settings-changed');
    expect(last?.actor).to.match(/^staff:/);
    expect(last?.after).to.deep.equal({ silentSeconds: 240 });
    const events = await elsewhere.desk.events(before);
    expect(events.map(({ type }) => type)).to.deep.equal(['settings']);
  });

  describe('groups', () => {
    it('have hours of their own', async () => {
      const fraud = await group('fraud');
      const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((it) => [it, day(['00:00', '24:00'])]));
      const saved = await saveGroup({ ...fraud, hours: { ...HOURS, periods: always } });
      expect([saved.status, (saved.body.group as DeskGroup).version]).to.deep.equal([200, fraud.version + 1]);
      expect((await openAt('2026-11-22T01:00:00+08:00', 'fraud_report')).kind).to.equal('open');
      expect((await openAt('2026-11-22T01:00:00+08:00')).kind).to.equal('closed');
      const stale = await saveGroup({ ...fraud, name: '另一个名字' });
      expect([stale.status, stale.error?.details?.now.hours?.periods[1]]).to.deep.equal([
        409,
        day(['00:00', '24:00']),
      ]);
      const bad = { ...HOURS, periods: { 1: day(['09:00', '25:00']) } };
      const refused = await saveGroup({ ...(await group('fraud')), hours: bad });
      expect([refused.status, refused.error?.details?.faults]).to.deep.equal([
        422,
        [{ day: '1', fault: 'time' }],
      ]);
      const { hours: _, ...without } = await group('fraud');
      await saveGroup(without);
      expect((await openAt('2026-11-22T01:00:00+08:00', 'fraud_report')).kind).to.equal('closed');
    });

    it('are made once, take what they ask for, and can be closed, but for the last resort', async () => {
      const vip = {
        ...{ id: 'wallet', name: '钱包专席', routes: { about: ['balance'], locales: [] } },
        ...{ autoAssign: false, active: true, place: 0, version: 0 },
      };
      expect((await saveGroup(vip)).status).to.equal(200);
      expect((await saveGroup(vip)).status).to.equal(409);
      const chat = await elsewhere.customer({ topic: 'balance' });
      expect((await elsewhere.stateOf(chat)).group).to.equal('wallet');
      expect((await saveGroup({ ...vip, version: 1, active: false })).status).to.equal(200);
      const later = await elsewhere.customer({ topic: 'balance' });
      expect((await elsewhere.stateOf(later)).group).to.equal('default');
      const last = await group('default');
      const refused = await saveGroup({ ...last, active: false });
      expect([refused.status, refused.error?.code]).to.deep.equal([422, 'DefaultGroup']);
      expect((await ask('PUT', '/settings/groups/Big%20One', { ...vip, id: undefined })).status).to.equal(
        400,
      );
      await elsewhere.clear();
    });

    it('are measured by targets of their own', async () => {
      const complaint = await group('complaint');
      const targets = { firstReplySeconds: 30, nextReplySeconds: 60, resolutionMinutes: 30 };
      expect((await saveGroup({ ...complaint, targets })).status).to.equal(200);
      const ids = [await elsewhere.customer({ reason: 'complaint' }), await elsewhere.customer()];
      elsewhere.clock.advance(40_000);
      await elsewhere.rounds.round();
      const states = await Promise.all(ids.map((id) => elsewhere.stateOf(id)));
      expect(states.map(({ breaches }) => breaches)).to.deep.equal([['first-reply'], []]);
      const targetsFor = await elsewhere.desk.targets();
      expect(targetsFor('complaint')).to.include(targets);
      expect(targetsFor('default').firstReplySeconds).to.equal(120);
      await elsewhere.clear();
    });

    it('get and lose members, whose version guards them', async () => {
      const { id } = await server.hire('member', ['agent'], { groups: ['default'] });
      const body = { version: 1, groups: ['fraud', 'default'], skills: ['en'], capacity: 3 };
      const changed = await ask('PATCH', `/settings/members/${id}`, body);
      expect(changed.body.member).to.deep.include({
        groups: ['fraud', 'default'],
        skills: ['en'],
        capacity: 3,
      });
      const stale = await ask('PATCH', `/settings/members/${id}`, { version: 1, groups: [] }, 'admin');
      expect([stale.status, stale.error?.details?.now.groups]).to.deep.equal([409, ['fraud', 'default']]);
      const unknown = await ask('PATCH', `/settings/members/${id}`, { version: 2, groups: ['nowhere'] });
      expect(unknown.error?.code).to.equal('UnknownGroup');
      const more = await ask('PATCH', `/settings/members/${id}`, { version: 2, roles: ['admin'] });
      expect(more.status).to.equal(400);
      const nobody = await ask('PATCH', `/settings/members/${randomUUID()}`, { version: 1, capacity: 2 });
      expect(nobody.status).to.equal(404);
    });
  });

  describe('quick replies of everybody', () => {
    it('are kept by administrators, too, audited, and a stale page is told what they are now', async () => {
      const words = { shortcut: '你好', title: '问好', text: '您好，{{customer}}。', shared: true };
      const made = await ask('POST', '/quick-replies', words, 'admin');
      expect(made.status).to.equal(201);
      const { id, version } = made.body.reply as { id: string; version: number };
      const better = { version, text: '您好，{{customer}}，我是 {{agent}}。' };
      expect((await ask('PATCH', `/quick-replies/${id}`, better)).status).to.equal(200);
      const stale = await ask('PATCH', `/quick-replies/${id}`, { version, title: '旧' }, 'admin');
      expect([stale.status, stale.error?.details]).to.have.nested.property('[1].now.text', better.text);
      expect((await ask('DELETE', `/quick-replies/${id}`, undefined, 'admin')).status).to.equal(204);
      const counts = await Promise.all(
        ['created', 'changed', 'removed'].map(async (what) => (await audited(`quick-reply.${what}`)).length),
      );
      expect(counts).to.deep.equal([1, 1, 1]);
      expect((await ask('GET', '/quick-replies', undefined, 'auditor')).status).to.equal(403);
    });
  });
});
