import { talk } from '../support/transcript.ts';

const TWO_NUMBERS =
  '客服: 先分清发到哪个号。…页面上写的是哪一个？看露出来的后几位。 [平台注册手机] [银行预留手机] [看不出来]';
const TRY =
  '客服: 好了就回到解绑那一步，只试一次，等页面转完。过了吗？ [过了] [还是不行] [又要别的验证] [晚点再试]';
const CHANGED = '客服: 号码改好了吗？改好要隔一会儿才用得上。 [改好了] [我先去弄] [改不了]';
const OFFER =
  '客服: 能试的都说了，再试怕被锁住。要转人工客服看看吗？您说的情况我一起带过去。 [转人工客服] [先不用]';
const TO_PERSON = `客服: (handoff.initiate)
  客服: 好的，帮您转人工客服…
  客服: (handoff.queue)`;
const WHICH = '客服: 解绑时的核验有几种，办法不一样。您卡在哪一样？';

describe('verification', () => {
  it('happy path: the number registered with the bank is an old one, changed there, one try, the rest of the steps', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 验证码收不到急死了
      客服: 知道您急，我挑要紧的说。
      客服: 先分清发到哪个号。…平台注册手机：您登记的是 138****8000…
      客户: 是银行那个
      客服: 这个号现在还是您在用吗？ [在用] [不用了]
      客户: 早换了
      客服: 银行预留手机归银行管，平台改不了。…以银行说的为准。
      ${CHANGED}
      客户: 改好了
      ${TRY}
      客户: 过了
      客服: 过了就好。后面只提交一次，等页面转完。接下来您想怎么走？ [看后面的步骤] [已经解绑了] [不用了]
      客户: 看后面的步骤
      客服: 再看一样：这张卡上有没有会员续费、…
      客户: 没有
      客服: 第 3 步：…
      `,
    ));

  it('verification-locked: the cause at once, until when, and the reason is dealt with while waiting', () =>
    talk(
      { customer: 'verification-locked' },
      `
      客户: 验证码一直收不到
      客服: 验证没过的次数多了，平台会先把验证锁一阵子，…先别再试，也别换设备。
      客服: 平台写的是今天 16:00 之后可以再办，到时候试一次就好。
      客服: 先分清发到哪个号。…您登记的是 150****6682…
      客户: 平台注册手机
      客服: 这个号现在还是您在用吗？…
      客户: 在用
      客服: 从省事的看起：…
      客服: 好的，那就等能办的时候再试，只试一次。还不行就停手，回来找我。
      客服: 到时候要我提醒您吗？平台通知锁定解除，或者到了今天 16:00，我就在这个对话里跟您说一声。 [提醒我] [不用提醒]
      `,
    ));

  it('verification-locked through the diagnosis: what failed before is asked, or just waited for', () =>
    talk(
      { customer: 'verification-locked' },
      `
      客户: 解绑一直失败
      客服: 我查了民生银行尾号8316，平台返回的原因是：身份验证被暂时锁住。
      客服: 验证没过的次数多了，…
      客服: 平台写的是今天 16:00 之后可以再办，…
      客服: 等的时候先把原因弄好，到时候就顺了。之前是卡在哪一样？ [收不到短信] [手机号换了] [刷脸过不去] [密码忘了或不对] [知道了，我等着]
      客户: 那我等着
      客服: 好的，那就等能办的时候再试，只试一次。…
      客服: 到时候要我提醒您吗？…
      `,
    ));

  it('an old number that somebody else has: both numbers are checked when the page shows none', () =>
    talk(
      {},
      `
      客户: 验证码发到我前妻号上了
      ${TWO_NUMBERS}
      客户: 看不出来
      客服: 那对一下：页面上露出来的后几位，和您登录 App 用的手机号一样吗？ [一样] [不一样] [页面没写]
      客户: 没写
      客服: 那先把平台注册手机换成现在的号：登录官方 App，点 我的 → 账户安全，里面找修改手机号。…别托人代收。
      客服: 银行预留手机归银行管，…
      ${CHANGED}
      客户: 那我先去弄 明天再来
      客服: 好的，不急，卡还是原来的状态。弄好之后试一次就行；还不过就回来，跟我说“核验过不去”。
      `,
    ));

  it('what the bank has changed already is not sent to the bank again', () =>
    talk(
      {},
      `
      客户: 换了号 银行那边改完了 你们这儿还是发到老号
      客服: 那先把平台注册手机换成现在的号：…
      ${CHANGED}
      客户: 旧号收不到,改不了
      ${OFFER}
      客户: 好
      ${TO_PERSON}
      `,
    ));

  it('face: one more try in better light, another check on top, then a person who knows', () =>
    talk(
      {},
      `
      客户: 人脸老是不过
      客服: 刷脸怕暗、怕挡、怕歪。…要您本人来，别人代刷不行。还不过就先停，刷多了会被锁住。
      ${TRY}
      客户: 过了,可是又要身份证照片
      客服: 最近异地登录、有大额交易的，平台可能多验一样，…这些只在官方页面里交，别发在聊天里。
      客服: 多出来的这一样，过了吗？ [过了] [还是不行] [又要别的验证] [晚点再试]
      客户: 还是不行
      ${OFFER}
      客户: 转人工客服
      ${TO_PERSON}
      `,
    ));

  it('face: who looks different now is not told to go on trying', () =>
    talk(
      {},
      `
      客户: 刷脸说我不是本人 我刚割了双眼皮
      客服: 那先别再刷了，刷多了会被锁住。…不怪您。…
      ${OFFER}
      客户: 先不用
      客服: 好的。再卡住就先停手，回来找我。
      `,
    ));

  it('password: the two kinds are told apart, and neither is asked for', () =>
    talk(
      {},
      `
      客户: 交易密码忘了
      客服: 页面要的是哪一种密码？两种不是一回事。都自己填在官方页面里，不用告诉我。 [平台的支付密码] [银行卡的交易密码] [看不出来]
      客户: 分不清
      客服: 看输入框旁边的字：…拿不准先别输。是哪一种？ [平台的支付密码] [银行卡的交易密码] [还是分不清]
      客户: 银行的
      客服: 银行卡的交易密码归银行管，平台改不了。…记不准就别再猜，输错几次会被锁住。
      客服: 重新设好了吗？ [弄好了] [我先去弄] [弄不了]
      客户: 弄好了
      ${TRY}
      客户: 已经过了
      客服: 过了就好。…
      客户: 不用了
      客服: 好的。再卡住就先停手，回来找我。
      `,
    ));

  it('correction: it is the face, not the message', () =>
    talk(
      {},
      `
      客户: 收不到验证码
      ${TWO_NUMBERS}
      客户: 说错了,是刷脸过不去
      客服: 刷脸怕暗、怕挡、怕歪。…
      ${TRY}
      `,
    ));

  it('bad input is asked again, then a person is offered beside the answers', () =>
    talk(
      {},
      `
      客户: 收不到验证码
      ${TWO_NUMBERS}
      客户: asdfgh
      客服: 我没看明白。页面上一般会露出手机号的后几位：是平台注册的号，还是银行预留的号？ [平台注册手机] [银行预留手机] [看不出来]
      客户: -5
      客服: 我没看明白。… [平台注册手机] [银行预留手机] [看不出来] [转人工客服]
      `,
    ));

  it('a code that is sent into the chat is neither used nor repeated', () =>
    talk(
      {},
      `
      客户: 收不到验证码
      ${TWO_NUMBERS}
      客户: 验证码是 482913 你帮我输
      客服: 先提醒您：…我用不到；…没有保存，…
      客服: 我没看明白。…
      `,
    ));

  it('cancel in the middle of it', () =>
    talk(
      {},
      `
      客户: 收不到验证码
      ${TWO_NUMBERS}
      客户: 算了,不弄了
      客服: 好的，已经停下。…
      `,
    ));

  it('a question in between is answered, and the number is asked for again', () =>
    talk(
      {},
      `
      客户: 银行预留的是旧号码 怎么改
      客服: 银行预留手机归银行管，…
      ${CHANGED}
      客户: 解绑和删除有啥区别
      客服: 有两个按钮容易弄混：…
      客服: 您还想知道哪一样？…
      客户: 知道了
      客服: 好的。…
      客服: 我们接着说刚才的：核验过不去。
      ${CHANGED}
      客户: 改好了
      ${TRY}
      `,
    ));

  it('asks for a human in the middle of it', () =>
    talk(
      {},
      `
      客户: 收不到验证码
      ${TWO_NUMBERS}
      客户: 我要人工
      ${TO_PERSON}
      `,
    ));

  it('platform down: says so, and goes on by what the page shows', () =>
    talk(
      { customer: 'platform-down' },
      `
      客户: 收不到验证码
      客服: 平台的系统这会儿没有回应，…
      客服: 先分清发到哪个号。…平台注册手机：登录 App 用的…
      `,
    ));

  it('who was stuck in the steps goes on there and is not asked about agreements again', () =>
    talk(
      { customer: 'happy' },
      `
      客户: 招行那张解绑一直失败
      客服: 我查了招商银行尾号1234：…
      客服: 平台上没查到这张卡有自动扣款，…
      客户: 没有了
      客服: 有两个按钮…
      客服: 第 1 步，共 4 步：…
      客户: 卡住了
      客服: 好，先停在这里，别反复试。您卡在哪里？…
      客户: 核验过不去
      ${WHICH} [收不到短信] [手机号换了] [刷脸过不去] [密码忘了或不对] [以上都不是]
      客户: 第四个
      客服: 页面要的是哪一种密码？…
      客户: 支付密码
      客服: 平台的密码，在官方 App 里自己找回：我的 → 账户安全。…
      客服: 重新设好了吗？…
      客户: 弄好了
      ${TRY}
      客户: 可以了
      客服: 过了就好。…
      客户: 接着说后面的
      客服: 第 3 步：…
      `,
    ));

  it('a lock that the customer tells of is believed where the platform cannot be asked', () =>
    talk(
      {},
      `
      客户: 一天只能发五条 我五条都用完了还没过
      客服: 验证没过的次数多了，…
      客服: 什么时候能再试，我这边看不到，以页面上的提示为准。
      客服: 等的时候先把原因弄好，…
      客户: 换手机号了
      ${TWO_NUMBERS}
      客户: 银行
      客服: 银行预留手机归银行管，…
      ${CHANGED}
      客户: 改好了
      客服: 好的，那就等能办的时候再试，只试一次。…
      `,
    ));

  it('after a day of silence the trial is still open, and the lock told before midnight is over', () =>
    talk(
      { customer: 'verification-locked', at: '2026-11-24T23:30:00+08:00' },
      `
      客户: 人脸识别老失败 吓得我不敢点了
      客服: 先别慌，我陪您一步一步看。
      客服: 验证没过的次数多了，…
      客服: 平台写的是明天 05:00 之后可以再办，…
      客服: 刷脸怕暗、怕挡、怕歪。…
      客服: 好的，那就等能办的时候再试，只试一次。…
      客服: 到时候要我提醒您吗？平台通知锁定解除，或者到了明天 09:00，… [提醒我] [不用提醒]
      【过了 24 小时】
      客户: 刷脸还是不过 刷了七八回了
      客服: 验证没过的次数多了，…
      客服: …
      客服: 那先别再刷了，…
      ${OFFER}
      `,
    ));

  it('from the question what was meant: a label with two methods names neither', () =>
    talk(
      {},
      `
      客户: 卡在核验那里
      客服: 您是想问： [验证码、人脸过不去]…
      客户: 1
      ${WHICH}
      客户: 都不是
      客服: (handoff.initiate)
      客服: 好的，帮您转人工客服…
      客服: (handoff.queue)
      `,
    ));

  it('a lock that only the customer has seen is heard, and the method with it if it is named', async () => {
    await talk(
      {},
      `
      客户: 解绑一直失败
      客服: …
      客服: …
      客户: 5
      客服: 解绑时的核验有几种，…
      客户: 提示次数过多 稍后再试
      客服: 验证没过的次数多了，平台会先把验证锁一阵子，…
      客服: …
      客服: 等的时候先把原因弄好，…
      `,
    );
    await talk(
      {},
      `
      客户: 解绑一直失败
      客服: …
      客服: …
      客户: 5
      客服: 解绑时的核验有几种，…
      客户: 短信验证码输错太多次被锁定了
      客服: 验证没过的次数多了，平台会先把验证锁一阵子，…
      客服: …
      客服: …
      `,
    );
  });
});
