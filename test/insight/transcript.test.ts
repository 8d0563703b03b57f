import { expect } from 'chai';
import type { Replay, ReplayLine } from '../../src/insight/replay.ts';
import { transcriptOf } from '../../src/insight/transcript.ts';
import { turn } from './turns.ts';

const line = (seq: number, from: ReplayLine['from'], more: Partial<ReplayLine> = {}): ReplayLine => ({
  seq,
  at: `2026-11-22T16:00:0${seq}.000Z`,
  from,
  choices: [],
  attachments: 0,
  ...more,
});

describe('a conversation as a transcript', () => {
  const print = (known: boolean, ...lines: ReplayLine[]) => {
    const replay: Replay = {
      conversation: { id: 'c-1', channel: 'directline', locale: 'zh-CN', known },
      lines,
    };
    return transcriptOf(replay).split('\n');
  };

  it('says who said what and when, in Shanghai', () => {
    expect(
      print(
        false,
        line(1, 'system', { event: 'conversationUpdate' }),
        line(2, 'customer', { text: '解绑失败' }),
        line(3, 'bot', { text: '哪一张？', choices: ['招商银行', '建设银行'], attachments: 1 }),
        line(4, 'agent', { text: '您好\n我姓李' }),
      ),
    ).to.deep.equal([
      '会话 c-1 · directline · zh-CN · 访客',
      '2026-11-23 00:00:01  系统: (conversationUpdate)',
      '2026-11-23 00:00:02  客户: 解绑失败',
      '2026-11-23 00:00:03  客服: 哪一张？ [附件 ×1] [招商银行] [建设银行]',
      '2026-11-23 00:00:04  坐席: 您好',
      '                           我姓李',
    ]);
  });

  it('says beneath a message what was decided', () => {
    const ended = [
      { topic: 'diagnose', to: 'risk-lock' } as const,
      { topic: 'reminders', outcome: 'solved' } as const,
    ];
    expect(
      print(true, line(2, 'customer', { text: '1', turn: turn('c-1', 2, { ended, answered: true }) })),
    ).to.deep.equal([
      '会话 c-1 · directline · zh-CN · 已识别的客户',
      '2026-11-23 00:00:02  客户: 1',
      '                     意图 fail_risk 0.99 accept · 答了上一问 · 主题 risk-lock -> risk-lock.startReview · 原因 RISK_LOCK · 结局 diagnose -> risk-lock, reminders: solved',
    ]);
  });

  it('says nothing where nothing was decided', () => {
    const nothing = turn('c-1', 1, {
      ...{ topic: null, step: null, intent: null, confidence: null, decision: null },
      ...{ ranking: [], entered: [], ended: [], causes: [] },
    });
    expect(print(true, line(1, 'system', { event: 'conversationUpdate', turn: nothing }))).to.have.length(2);
  });
});
