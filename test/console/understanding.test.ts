import { expect } from 'chai';
import { parse } from 'yaml';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import type { Misunderstanding } from '../../src/domain/insight.ts';
import { createInsights } from '../../src/insight/index.ts';
import { turn } from '../insight/turns.ts';
import { FakeClock } from '../support/clock.ts';
import { Browser, type DeskServer, startDesk } from './client.ts';

const said = (seq: number, text: string, more: Partial<Misunderstanding> = {}): Misunderstanding => ({
  ...{ conversationId: 'secret-conversation', seq, at: '2026-11-22T02:00:00.000Z', locale: 'zh-CN', text },
  ...{ why: 'rejected', meant: null, topic: null, step: null, intent: 'unbind_how', confidence: 0.25 },
  ...{ decision: 'reject', ranking: [] },
  ...more,
});

describe('what was not understood, at the desk', function () {
  this.timeout(60_000);
  const clock = new FakeClock();
  let database: Database;
  let desk: DeskServer;
  let browser: Browser;

  before(async () => {
    clock.set('2026-11-23T10:00:00+08:00');
    database = await connect({ dataDir: 'memory://' });
    desk = await startDesk(database, clock);
    browser = new Browser(desk.url);
    await browser.logIn((await desk.hire('boss', ['supervisor'])).login);
  });
  after(async () => {
    await desk.close();
    await database.close();
  });

  const file = async (path: string) => {
    const response = await fetch(`${desk.url}/api/console${path}`, { headers: { cookie: browser.cookie } });
    return { response, text: await response.text() };
  };

  it('is nothing, and an empty list of phrases, before anything was said', async () => {
    expect((await browser.request('GET', '/understanding')).body).to.deep.equal({
      ...{ groups: [], moreGroups: 0, utterances: 0 },
    });
    expect(parse((await file('/understanding.yml')).text)).to.deep.equal({ version: '3.1', nlu: [] });
  });

  it('is shown by likeness, most frequent first, in the language of the desk, without naming anybody', async () => {
    const many = Array.from({ length: 22 }, (_, n) => said(10 + n, `查一下扣款${'呀'.repeat(n)}`));
    await createInsights({ database, clock }).write([
      turn('secret-conversation', 1, {
        unclear: [
          said(1, '按钮灰的', { why: 'asked', meant: 'fail_maintenance', at: '2026-11-23T01:00:00.000Z' }),
          said(2, '按钮是灰的'),
          said(3, '年费怎么退'),
          said(4, '很久以前', { at: '2026-09-01T02:00:00.000Z' }),
          ...many,
        ],
      }),
    ]);
    const { status, body } = await browser.request('GET', '/understanding?days=30&lang=en');
    expect(status).to.equal(200);
    const { groups, ...rest } = body as { groups: { count: number; wordings: string[]; more: number }[] };
    expect(rest).to.deep.equal({ moreGroups: 0, utterances: 25 });
    expect(groups.map(({ count }) => count)).to.have.ordered.members(
      [...groups.map(({ count }) => count)].sort((a, b) => b - a),
    );
    expect(groups.find(({ wordings }) => wordings.includes('按钮灰的'))).to.deep.equal({
      count: 2,
      guess: { intent: 'fail_maintenance', title: 'No response or maintenance' },
      whys: [
        { why: 'asked', count: 1 },
        { why: 'rejected', count: 1 },
      ],
      wordings: ['按钮灰的', '按钮是灰的'],
      more: 0,
      latest: '2026-11-23T01:00:00.000Z',
    });
    const shown = groups.reduce((sum, { wordings, more }) => sum + wordings.length + more, 0);
    expect(shown).to.equal(25);
    for (const { wordings } of groups) expect(wordings.length).to.be.at.most(20);
    expect(JSON.stringify(body)).not.to.include('secret-conversation');
  });

  it('is taken along as phrases to label, all wordings of it', async () => {
    const { response, text } = await file('/understanding.yml?days=30');
    expect(response.headers.get('content-type')).to.equal('application/yaml; charset=utf-8');
    expect(response.headers.get('content-disposition')).to.equal(
      'attachment; filename="unclear-2026-11-23.yml"',
    );
    const { nlu } = parse(text) as { nlu: { intent: string; examples: string }[] };
    expect(nlu.flatMap(({ examples }) => examples.trim().split('\n'))).to.have.length(25);
    expect(text).not.to.include('secret-conversation');
  });

  it('is for those who teach it, and for a span that can be', async () => {
    for (const query of ['days=0', 'days=x', 'days=1.5', 'days=99999', 'lang=fr'])
      expect((await browser.request('GET', `/understanding?${query}`)).status, query).to.equal(400);
    for (const role of ['agent', 'reviewer', 'auditor'] as const) {
      const other = new Browser(desk.url);
      await other.logIn((await desk.hire(`no-${role}`, [role])).login);
      expect((await other.request('GET', '/understanding.yml')).status, role).to.equal(403);
    }
  });
});
