import { expect } from 'chai';
import { ALWAYS, offences, urges } from './never.ts';
import type { Exchange } from './transcript.ts';

function exchange(line: string, ...texts: string[]): Exchange {
  const said = texts.map((text, seq) => ({
    seq,
    at: '2026-11-23T02:00:00.000Z',
    origin: 'bot' as const,
    activity: { id: String(seq), timestamp: '', type: 'message', text },
  }));
  return { line, said: said as unknown as Exchange['said'] };
}

/** What breaks each rule, and what only looks like it. */
const SAMPLES: Record<string, { broken: Exchange; sound: Exchange }> = {
  'asks for a secret': {
    broken: exchange('客户: 收不到', '把验证码发给我，我帮您输。'),
    sound: exchange('客户: 收不到', '验证码谁要都别发给他。'),
  },
  'promises what nobody can': {
    broken: exchange('客户: 要多久', '马上就到。'),
    sound: exchange('客户: 要多久', '以页面为准。'),
  },
  'names a telephone number': {
    broken: exchange('客户: 电话', '请打 400-123-4567。'),
    sound: exchange('客户: 电话', '拿不准可以打 96110。'),
  },
  'says that it has done it itself': {
    broken: exchange('客户: 解了吗', '已经帮您解绑了。'),
    sound: exchange('客户: 解了吗', '解绑要您自己点。'),
  },
  'asks two questions in one turn': {
    broken: exchange('客户: 解绑', '是哪张卡？', '有分期吗？'),
    sound: exchange('客户: 解绑', '页面上写着“要继续吗？”', '是哪张卡？'),
  },
  'is a wall of text': {
    broken: exchange('客户: 解绑', '先看一下。'.repeat(50)),
    sound: exchange('客户: 解绑', '先看一下。'),
  },
  'lists more than six things': {
    broken: exchange('客户: 解绑', '看：\n1. 一\n2. 二\n3. 三\n4. 四\n5. 五\n6. 六\n· 七'),
    sound: exchange('客户: 解绑', '看：\n1. 一\n2. 二'),
  },
  'repeats digits that were sent': {
    broken: exchange('客户: 6222 0200 1234', '收到 622202001234。'),
    sound: exchange('客户: 6222 0200 1234', '只要尾号 1234。'),
  },
};

describe('what must never be said', () => {
  for (const name of Object.keys(ALWAYS)) {
    it(`${name}: is found, and what only looks like it is let pass`, () => {
      const sample = SAMPLES[name];
      if (!sample) throw new Error('a rule that no sample breaks');
      const found = (one: Exchange) =>
        offences([one], ALWAYS).filter((words) => words.startsWith(`${name}:`));
      expect(found(sample.broken)).to.have.length(1);
      expect(found(sample.sound)).to.deep.equal([]);
    });
  }

  it('tells urging from warning', () => {
    const never = { urged: urges(/换手机/u) };
    expect(offences([exchange('客户: 咋办', '您换手机试试。')], never)).to.have.length(1);
    expect(offences([exchange('客户: 咋办', '先别换手机。')], never)).to.deep.equal([]);
  });
});
