import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { Registry } from 'prom-client';
import { parse } from 'yaml';
import type { Misunderstanding } from '../../src/domain/insight.ts';
import {
  createInsights,
  createUnclear,
  createUnclearGroups,
  measureDecisions,
} from '../../src/insight/index.ts';
import { groupSimilar } from '../../src/insight/similar.ts';
import { loadUnderstanding, MODEL_FILE } from '../../src/understanding/index.ts';
import { FakeClock } from '../support/clock.ts';
import { onBothDatabases } from '../support/databases.ts';
import { hold } from './talks.ts';
import { turn } from './turns.ts';

const MURMURS = [
  '为什么我的卡显示灰色',
  '审核和锁有关系吗',
  '那个扣款的事',
  '解绑的问题',
  '卡的状态',
  '验证的时候要交啥',
  '退款和解绑',
];

function unclear(text: string, more: Partial<Misunderstanding> = {}): Misunderstanding {
  return {
    conversationId: randomUUID(),
    seq: 1,
    at: '2026-11-23T02:00:00.000Z',
    locale: 'zh-CN',
    text,
    why: 'rejected',
    meant: null,
    topic: null,
    step: null,
    intent: 'unbind_how',
    confidence: 0.25,
    decision: 'reject',
    ranking: [{ intent: 'unbind_how', confidence: 0.25 }],
    ...more,
  };
}

/** The command over what is known. */
const printing = (all: Misunderstanding[]) =>
  createUnclear(createUnclearGroups({ insights: { unclear: async () => all } }));

describe('what was not understood', () => {
  onBothDatabases((current) => {
    const clock = new FakeClock();
    const insights = () => createInsights({ database: current(), clock });
    beforeEach(async () => {
      clock.set('2026-11-23T10:00:00+08:00');
      await insights().purge(0);
      await insights().purge(-1);
    });

    it('comes back as it was written, latest first, and only from the days asked for', async () => {
      const older = unclear('灰的点不动', { at: '2026-11-20T02:00:00.000Z' });
      const newer = unclear('弄不掉');
      const old = unclear('很久以前', { at: '2026-10-01T02:00:00.000Z' });
      const { conversationId } = older;
      await insights().write([turn(conversationId, 1, { unclear: [older] })]);
      await insights().write([turn(randomUUID(), 1, { unclear: [newer, old] }), turn(randomUUID(), 2)]);
      expect(await insights().unclear(30)).to.deep.equal([newer, older]);
      expect(await insights().of(conversationId)).to.deep.equal([turn(conversationId, 1)]);
    });

    it('is kept once, with what was learnt last', async () => {
      const asked = unclear('弄不掉', { why: 'asked' });
      const told = { ...asked, meant: 'fail_generic' as const };
      await insights().write([turn(asked.conversationId, 1, { unclear: [asked] })]);
      await insights().write([
        turn(asked.conversationId, 2, { unclear: [told] }),
        turn(asked.conversationId, 3, { unclear: [{ ...told, why: 'corrected' }] }),
      ]);
      expect(await insights().unclear(30)).to.deep.equal([{ ...told, why: 'corrected' }]);
    });

    it('is deleted with the turns', async () => {
      await insights().write([turn(randomUUID(), 1, { unclear: [unclear('弄不掉')] })]);
      clock.set('2027-06-01T10:00:00+08:00');
      await insights().purge(180);
      expect(await insights().unclear(365)).to.deep.equal([]);
    });
  });

  it('is grouped by what is alike, the most frequent first', () => {
    const texts = [
      '年费怎么退',
      '解绑按钮是灰的',
      '解绑的按钮灰的',
      '你们周末上班吗',
      '按钮是灰的 解绑',
      '周末上班吗你们',
    ];
    const groups = groupSimilar(texts, (text) => text);
    expect(groups).to.deep.equal([
      ['解绑按钮是灰的', '解绑的按钮灰的', '按钮是灰的 解绑'],
      ['你们周末上班吗', '周末上班吗你们'],
      ['年费怎么退'],
    ]);
  });

  it('is grouped in bounded time, however much there is', () => {
    const texts = Array.from({ length: 5000 }, (_, n) => `解绑的时候第${n.toString(26)}次又说${n % 97}不行`);
    expect(groupSimilar(texts, (text) => text).flat()).to.have.length(5000);
  }).timeout(20_000);

  it('is printed with how often, how it showed and what it may mean', async () => {
    const all = [
      unclear('按钮是灰的', { why: 'asked', meant: 'fail_maintenance' }),
      unclear('按钮灰的', { why: 'no-answer' }),
      unclear('年费怎么退'),
    ];
    const print = printing(all);
    expect((await print({ do: 'unclear', days: 30, yaml: false })).text).to.equal(
      `2 次  fail_maintenance?  问了是不是这个意思 1，没当成回答 1
    按钮是灰的
    按钮灰的

1 次  unbind_how?  没听懂 1
    年费怎么退`,
    );
  });

  it('is exported as phrases are written, also odd ones', async () => {
    const odd = ['- 带横线', 'intent: x', '#井号', '"引号', '〔卡号前12位已隐藏〕'];
    const print = printing(odd.map((text) => unclear(text)));
    const { nlu } = parse((await print({ do: 'unclear', days: 30, yaml: true })).text);
    const lines = nlu.flatMap(({ examples }: { examples: string }) => examples.trim().split('\n'));
    expect(lines.map((line: string) => line.slice(2)).sort()).to.deep.equal([...odd].sort());
    expect(nlu[0].intent).to.equal('unbind_how');
  });

  it('is counted by intent, as every decision is', async () => {
    const registry = new Registry();
    const measure = measureDecisions(registry);
    measure(turn('c', 1, { unclear: [unclear('弄不掉', { why: 'asked' })] }));
    measure(turn('c', 2, { intent: null, confidence: null, decision: null }));
    const lines = (await registry.metrics()).split('\n');
    expect(lines).to.include('nlu_decisions_total{intent="fail_risk",decision="accept"} 1');
    expect(lines).to.include('nlu_confidence_bucket{le="0.95",intent="fail_risk"} 0');
    expect(lines).to.include('nlu_confidence_bucket{le="0.99",intent="fail_risk"} 1');
    expect(lines).to.include('nlu_misunderstandings_total{why="asked",intent="unbind_how"} 1');
  });
});

describe('how it shows that words were not understood', function () {
  this.timeout(60_000);

  /** What is asked about changes with the phrases. */
  async function askedAbout(): Promise<string> {
    const { understand } = loadUnderstanding({ modelFile: MODEL_FILE });
    const found = MURMURS.find((text) => understand(text).decision === 'ask');
    if (!found) throw new Error('everything is understood');
    return found;
  }

  async function shown(...texts: string[]) {
    const found: [string, string, string | null][] = [];
    for await (const { insight } of hold(undefined, texts))
      for (const { text, why, meant } of insight.unclear ?? []) found.push([text, why, meant]);
    return found;
  }

  it('other words are asked for', async () => {
    expect(await shown('咕噜咕噜咕噜', '咕噜咕噜')).to.deep.equal([
      ['咕噜咕噜咕噜', 'rejected', null],
      ['咕噜咕噜', 'rejected', null],
    ]);
  });

  it('what was meant is asked for, and then chosen, or none of it', async () => {
    const text = await askedAbout();
    const [asked, chosen] = await shown(text, '1');
    expect(asked).to.deep.equal([text, 'asked', null]);
    expect(chosen?.slice(0, 2)).to.deep.equal([text, 'asked']);
    expect(chosen?.[2]).to.be.a('string');
    expect((await shown(text, '以上都不是')).at(-1)).to.deep.equal([text, 'none-of-these', null]);
  });

  it('no more of it is kept than tells what it was about', async () => {
    const [found] = await shown('咕噜'.repeat(400));
    expect(found?.[0]).to.have.length.within(400, 500);
    expect(found?.[0]).to.match(/…$/);
  });

  it('nothing of it is kept that could not be written down', async () => {
    const [found] = await shown('咕噜\u0000咕噜\n\ud800咕噜');
    expect(found?.[0]).to.equal('咕噜 咕噜 咕噜');
  });

  it('an open question is asked again', async () => {
    expect(await shown('解绑一直失败', '咕噜咕噜咕噜')).to.deep.equal([['咕噜咕噜咕噜', 'no-answer', null]]);
  });

  it('the customer puts it right, or stops at once', async () => {
    expect(await shown('怎么查征信', '不是,我是说解绑一直失败')).to.deep.equal([
      ['怎么查征信', 'corrected', 'fail_generic'],
    ]);
    expect(await shown('怎么解绑', '取消')).to.deep.equal([['怎么解绑', 'stopped', null]]);
  });

  it('not by answers, thanks and what is understood', async () => {
    expect(await shown('解绑一直失败', '1', '谢谢', '怎么查征信', '不用了')).to.deep.equal([]);
  });
});
