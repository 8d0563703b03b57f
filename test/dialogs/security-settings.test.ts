import { talk } from '../support/transcript.ts';

const DONE = '客服: 弄好了吗？ [弄好了] [找不到] [先不弄]';
const OFFERED = '[关小额免密] [关快捷支付] [改登录密码] [开登录提醒] [管登录设备] [没有了]';
const MORE = `客服: 好。别的还要看吗？ ${OFFERED}`;
const SCOPE =
  '客服: 先别急着关，打开快捷支付那一页看一眼：关的是这一张卡，还是所有卡一起关？一起关的话，别的卡也会付不了款。 [只关这一张] [所有卡一起关] [看不出来]';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;

describe('security-settings', () => {
  it('happy path: payments without password, login alerts, and how to keep the card from coming back', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 小额免密怎么关
      客服: 关小额免密：在官方 App 点 我的 → 支付设置，找免密支付，把开关关掉。…乘车、停车这些靠免密扣的会受影响，…
      ${DONE}
      客户: 关了
      ${MORE}
      客户: 开登录提醒
      客服: 开登录提醒：在官方 App 点 我的 → 账户安全，…
      ${DONE}
      客户: 弄好了
      ${MORE}
      客户: 没有了
      客服: 好的。平时别在公共电脑、公共网络上登录，也别把验证码告诉别人，卡就不容易被人再绑回去。
      `,
    ));

  it('quick pay: what it covers is asked first; one card alone is switched off', () =>
    talk(
      {},
      `
      客户: 关了快捷支付 别的卡会不会也用不了
      ${SCOPE}
      客户: 能单独关这张
      客服: 那就只关这一张：在官方 App 点 我的 → 支付设置，…关快捷支付不等于解绑，卡还在列表里。
      ${DONE}
      客户: 先不弄
      客服: 好的，不急。想弄的时候，跟我说要改哪一样就行。
      `,
    ));

  it('quick pay of all cards is left alone when one is meant', () =>
    talk(
      {},
      `
      客户: 我就要关一张卡的快捷支付 不是全关
      ${SCOPE}
      客户: 所有卡一起关
      客服: 那先别关，会连着别的卡。… [看解绑步骤] [我去银行关] [所有卡都要关]
      客户: 那我去银行关
      客服: 好的，平台这边就不动它，别的卡照常用。
      `,
    ));

  it('quick pay of all cards is explained when all are meant', () =>
    talk(
      {},
      `
      客户: 快捷支付在哪关闭
      ${SCOPE}
      客户: 全部一起关的
      客服: 那先别关，…
      客户: 所有卡都要关
      客服: 那就在官方 App 点 我的 → 支付设置，找快捷支付关掉。所有卡的付款都会停，…
      ${DONE}
      `,
    ));

  it('quick pay whose scope cannot be seen is not touched; a person can look', () =>
    talk(
      {},
      `
      客户: 快捷支付在哪关闭
      ${SCOPE}
      客户: 不知道啊
      客服: 看不出来就先别动，免得别的卡也用不了。要请人工客服帮您看看吗？ [转人工客服] [先不动]
      客户: 好
      ${TO_PERSON}
      `,
    ));

  it('a device nobody knows, with money gone, is a fraud first', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 登录设备里有个不认识的手机 怎么移除
      客服: 先确认一下安全：最近有没有您不认识的扣款，或者不认识的绑卡？ [有不认识的] [没有]
      客户: 有不认识的
      客服: …冻结…110…
      客服: …冻结…
      `,
    ));

  it('a device nobody knows, nothing gone: it is removed, and the password changed', () =>
    talk(
      {},
      `
      客户: 登录设备里有个不认识的手机 怎么移除
      客服: 先确认一下安全：…
      客户: 没有看到
      客服: 看登录过的设备：在官方 App 点 我的 → 账户安全，…
      客服: 移除之后，把登录密码也改一下，再打开登录提醒，会更放心。
      ${DONE}
      `,
    ));

  it('what the app may not have is not made up', () =>
    talk(
      {},
      `
      客户: 夜间支付限制有没有 我想晚上不让付钱
      客服: 这一项 App 里有没有，我不敢乱说。…
      客服: 没看到的话，要我帮您转人工客服问吗？ [转人工客服] [我自己看看]
      客户: 我自己看看
      客服: 好的，不急。…
      `,
    ));

  it('correction: another setting than the one that was opened', () =>
    talk(
      {},
      `
      客户: 改登录密码
      客服: 密码要您自己改：…改好谁要都别给，我也用不到。
      ${DONE}
      客户: 说错了 是想开登录提醒
      客服: 开登录提醒：…
      ${DONE}
      客户: 找不到
      客服: 不同版本的叫法不一样，…要我帮您转人工客服问吗？ [转人工客服] [我自己看看]
      客户: 转人工客服
      ${TO_PERSON}
      `,
    ));

  it('a new password is neither needed nor repeated', () =>
    talk(
      {},
      `
      客户: 改登录密码
      客服: 密码要您自己改：…
      ${DONE}
      客户: 密码是 Abc123456 帮我改
      客服: 先提醒您：…我用不到；…没有保存，…
      客服: …
      ${DONE}
      `,
    ));

  it('a forgotten login password has a way back of its own', () =>
    talk(
      {},
      `
      客户: 登录密码忘了怎么改
      客服: 登录密码忘了，在官方 App 的登录页点“忘记密码”自己找回，…输错几次会被锁住。
      ${DONE}
      `,
    ));

  it('bad input is asked again, then a person is offered beside the answers', () =>
    talk(
      {},
      `
      客户: 账户安全设置里哪些该打开
      客服: 先看这几样：…想弄哪一样？ ${OFFERED}
      客户: asdfgh
      客服: 我没看明白。要看哪一样，从下面选就行；都不看了，选“没有了”。 ${OFFERED}
      客户: 一百万零五毛
      客服: 我没看明白。… ${OFFERED} [转人工客服]
      `,
    ));

  it('cancel in the middle of it', () =>
    talk(
      {},
      `
      客户: 关免密
      客服: 关小额免密：…
      ${DONE}
      客户: 算了,不弄了
      客服: 好的，已经停下。…
      `,
    ));

  it('a question in between is answered, and whether it is done is asked again', () =>
    talk(
      {},
      `
      客户: 关免密
      客服: 关小额免密：…
      ${DONE}
      客户: 解绑和删除有啥区别
      客服: 有两个按钮容易弄混：…
      客服: 您还想知道哪一样？…
      客户: 知道了
      客服: 好的。…
      客服: 我们接着说刚才的：安全设置。
      ${DONE}
      `,
    ));

  it('asks for a human in the middle of it', () =>
    talk(
      {},
      `
      客户: 快捷支付在哪关闭
      ${SCOPE}
      客户: 我要人工
      ${TO_PERSON}
      `,
    ));

  it('platform down: settings are explained as ever, nothing about the account is claimed', () =>
    talk(
      { customer: 'risk-lock' },
      `
      【平台中断】
      客户: 登录提醒怎么开
      客服: 开登录提醒：…
      ${DONE}
      【平台恢复】
      `,
    ));

  it('the difference between two of them is told before one is chosen, by its place', () =>
    talk(
      {},
      `
      客户: 快捷支付和免密支付有什么不同
      客服: 免密，是小额付款时不用您再验证；…都不等于解绑。
      客服: 您想看哪一样？ ${OFFERED}
      客户: 第一个
      客服: 关小额免密：…
      ${DONE}
      `,
    ));

  it('the child who pays without being asked: the switch, without blame', () =>
    talk(
      {},
      `
      客户: 昨天孩子拿我手机在小卖部买了一堆卡片 扫一下就付了都没问密码 我也不怪他 就想把这个不输密码的功能停了
      客服: 关小额免密：…
      ${DONE}
      客户: 好了谢谢
      ${MORE}
      `,
    ));
});
