import { talk } from '../../support/transcript.ts';

const TO_THE_NEXT = `
  客户: 解绑一直失败
  客服: 我查了交通银行尾号6374，有 3 处要处理。…
  客服: 先停一停，…
  客服: 平台正在维护：…
  客服: 维护的时候提交不了是正常的，…
  客服: 到时候要我提醒您吗？…
  客户: 提醒我
  客服: 记下了：…
  客服: 下一件是解除风控锁定，现在一起办吗？ [接着办] [先不用]`;

describe('now or later', () => {
  for (const later of ['算了明天再来', '改天再说', '回头再弄', '好，明天再说'])
    it(`「${later}」 keeps what is open for another day`, () =>
      talk(
        { customer: 'several-blockers' },
        `${TO_THE_NEXT}
        客户: ${later}
        客服: 好的。还有这些我记着：…
        `,
      ));

  it('the words of the question are a yes to it', () =>
    talk(
      { customer: 'several-blockers' },
      `${TO_THE_NEXT}
      客户: 现在一起办
      客服: 先请您停一下：…
      客服: …
      客服: 要现在申请人工审核吗？… [现在申请] [先不用]
      客户: 等有空再弄
      客服: …
      客服: 下一件是清掉没结清的款项，现在一起办吗？…
      `,
    ));

  it('where the question is what is so, another day is no answer to it', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 怎么解绑
      客服: 动手之前，先看三样：…
      客户: 改天再说
      客服: 好的，已经停下。没有提交任何申请，…
      `,
    ));

  it('with nothing open nothing is asked back', () =>
    talk(
      {},
      `
      客户: 今天太忙 明天再来弄
      客服: 现在没有进行中的事，您放心。…
      `,
    ));
});
