import { expect } from 'chai';
import { ALWAYS, offences } from '../../support/never.ts';
import { type Exchange, play, type Scene, talk } from '../../support/transcript.ts';

/** How each topic comes to a question that it waits with. */
const IN_THE_MIDDLE: Record<string, [Scene, ...string[]]> = {
  diagnose: [{ customer: 'happy' }, '解绑一直失败'],
  'risk-lock': [{ customer: 'risk-lock' }, '解绑提示账户有风险'],
  'identity-mismatch': [{ customer: 'identity-mismatch' }, '姓名不一致'],
  'card-status': [{ customer: 'lost-card' }, '卡丢了 想解绑'],
  maintenance: [{ customer: 'maintenance' }, '点解绑没反应'],
  balance: [{ customer: 'unsettled-balance' }, '提示待清算资金 解不了'],
  verification: [{}, '收不到验证码'],
  autopay: [{ customer: 'auto-debit' }, '关自动扣款'],
  'security-settings': [{}, '怎么关小额免密'],
  'unbind-guide': [{ customer: 'happy' }, '怎么安全解绑', '都没问题', '没有了', '下一步'],
  progress: [{ customer: 'cooling-off' }, '解绑申请到哪一步了'],
  'cooling-off': [{}, '撤回解绑'],
  aftercare: [{}, '解绑成功后要做什么'],
  'case-status': [{}, '查审核进度'],
  'official-channel': [{}, '收到短信让我点链接解绑 是你们吗'],
  dispute: [{ customer: 'charged-after-unbind' }, '解绑了还扣我钱'],
  fraud: [{}, '我的卡被盗刷了'],
  complaint: [{ customer: 'happy' }, '我要投诉'],
  reminders: [{ customer: 'maintenance' }, '点解绑没反应', '提醒我', '取消提醒'],
  handoff: [{ customer: 'happy', at: '2026-11-22T01:00:00+08:00' }, '转人工'],
};

function lastWords(talked: readonly Exchange[]): string | undefined {
  const messages = talked.flatMap(({ said }) => said).filter(({ activity }) => activity.type === 'message');
  return messages.at(-1)?.activity.text;
}

describe('a day of silence', () => {
  for (const [topic, [scene, ...said]] of Object.entries(IN_THE_MIDDLE)) {
    it(`in the middle of ${topic}: whoever says hello the next day is where the talk stopped`, async () => {
      const opening = said.map((words) => `客户: ${words}`).join('\n');
      const talked = await play(scene, `${opening}\n【过了 24 小时】\n客户: 在吗\n客户: 转人工`);
      const asked = lastWords(talked.slice(0, said.length));
      const [hello, person] = talked.slice(-2);
      expect(hello?.said.map(({ activity }) => activity.channelData?.key).slice(0, 2)).to.deep.equal([
        'small-talk.here',
        'common.backTo',
      ]);
      expect(lastWords(talked.slice(0, -1))).to.equal(asked);
      expect(person?.said, 'a person can be asked for').not.to.deep.equal([]);
      expect(offences(talked.slice(-2), ALWAYS)).to.deep.equal([]);
    });
  }

  it('and the answer itself the next day is still the answer', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 解绑一直失败
      客服: 是哪张卡解绑不了？…
      【过了 24 小时】
      客户: 建行那张
      客服: 我查了中国建设银行尾号5678：…
      客服: 平台上没查到这张卡有自动扣款，…
      `,
    ));

  it('what may have run out meanwhile is looked up anew: whether it can still be taken back', () =>
    talk(
      { customer: 'cooling-off' },
      `
      客户: 刚提交 解错卡了 能撤吗
      客服: …
      客服: 平台写的是明天 06:00 之前可以撤回。…
      【过了 24 小时】
      客户: 还能撤吗
      客服: 平台显示：中信银行尾号4936的解绑申请是…
      客服: 平台写的是… [已经撤了] [没看到入口] [先不撤了]
      `,
    ));

  it('an upload card that has run out is sent anew', () =>
    talk(
      { customer: 'risk-lock' },
      `
      客户: 解绑提示账户有风险
      客服: 先请您停一下：…
      客服: …
      客服: …
      客户: 现在申请
      客服: …
      客户: 换了新卡
      客服: …
      客服: …
      客服: 您同意吗？…
      客户: 同意
      客服: 请上传：身份证人像面。 [上传卡片]
      【过了 24 小时】
      客户: 卡片打不开了
      客服: 请上传：身份证人像面。 [上传卡片]
      【上传】
      客服: 身份证人像面收到了，还差 2 张。
      客服: 请上传：身份证国徽面。 [上传卡片]
      `,
    ));
});
