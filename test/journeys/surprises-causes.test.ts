import { journey } from '../support/never.ts';

const LOCKED = `
  客户: 提示账户有风险
  客服: 先请您停一下：…
  客服: 平台觉得账户有风险时，…
  客服: 要现在申请人工审核吗？… [现在申请] [先不用]`;

describe('what nobody planned for: the causes', () => {
  it('diagnose: two cards mixed up in one breath, and set right', () =>
    journey(
      { customer: 'happy' },
      `
      客户: 两张卡都解不了啊到底怎么回事
      客服: 是哪张卡解绑不了？…
      客户: 招行那张不对是建行那张
      客服: 不好意思，我没看明白。… [招商银行 尾号1234] [中国建设银行 尾号5678]
      客户: 不是 我说的是尾号5678
      客服: 我查了中国建设银行尾号5678：…
      客服: 平台上没查到这张卡有自动扣款，…
      客户: 有啥区别
      客服: 我没看明白。这张卡上还有自动扣款的话，回“有”；没有就回“没有”。 [有] [没有了]
      `,
    ));

  it('diagnose: an angry aside of a third person, and the plan goes on where it was', () =>
    journey(
      { customer: 'several-blockers' },
      `
      客户: 解绑一直失败
      客服: 我查了交通银行尾号6374，有 3 处要处理。…
      客服: 先停一停，…
      客服: 平台正在维护：…
      客服: 维护的时候提交不了是正常的，…
      客服: 到时候要我提醒您吗？…
      客户: 提醒我
      客服: 记下了：…
      客服: 下一件是解除风控锁定，现在一起办吗？ [接着办] [先不用]
      客户: 1
      客服: 先请您停一下：…
      客服: 平台觉得账户有风险时，…
      客服: 要现在申请人工审核吗？…
      客户: 我老公说直接打12345投诉你们
      客服: 给您添堵了，很抱歉。…
      客服: 就按您刚才说的登记吗？… [就这样登记] [先不登记]
      客户: 先不登记
      客服: 好的，没有登记。…
      客服: 我们接着说刚才的：解除风控锁定。
      客服: 要现在申请人工审核吗？…
      `,
    ));

  it('risk-lock: a daughter types for her father', () =>
    journey(
      { customer: 'risk-lock' },
      `${LOCKED}
      客户: 我是他女儿我爸不会弄
      客服: 申请和核验都要账户本人来，谁也不能代替。…
      客服: 要现在申请吗？ [现在申请] [先不用]
      客户: 我拍好了在哪发
      客服: 材料只能从我发的上传入口交，这里还没有收到。
      客服: 要现在申请吗？ [现在申请] [先不用]
      `,
    ));

  it('risk-lock: a suspicion in between, and then a button of the message before it', () =>
    journey(
      { customer: 'risk-lock' },
      `${LOCKED}
      客户: 你们是不是觉得我是骗子
      客服: 想核实哪一样？…
      客户: 现在申请
      客服: 这次为什么想解绑？…
      `,
    ));

  it('identity-mismatch: the place of a choice, and what was chosen was wrong', () =>
    journey(
      { customer: 'identity-mismatch' },
      `
      客户: 姓名不一致
      客服: 信息对不上，…您是哪一种？…
      客户: 2
      客服: 平台要求卡和账户是同一个人，…
      客服: 家人的卡和证件，…
      客服: 您这边怎么办方便？…
      客户: 其实是我改名字了
      客服: 这种多半是绑卡时登记的信息旧了，…
      客服: 更新不了也没关系，可以交身份证照片，由人工审核。您想怎么办？…
      `,
    ));

  it('identity-mismatch: voice without a comma names the kind by itself', () =>
    journey(
      { customer: 'identity-mismatch' },
      `
      客户: 姓名对不上我结婚以后改了姓但是卡还是以前的名字这咋整
      客服: 这种多半是绑卡时登记的信息旧了，…
      客服: 更新不了也没关系，可以交身份证照片，由人工审核。您想怎么办？…
      客户: 更新不了，申请审核
      客服: 好的，要交 2 份材料的照片，…
      客服: 上传前请先看一下：…
      客服: 您同意吗？ [同意] [不同意]
      客户: 我不太同意吧
      客服: 上传前需要您明确回答：同意，还是不同意？ [同意] [不同意]
      `,
    ));

  it('maintenance: the bank where a yes was asked for', () =>
    journey(
      {},
      `
      客户: 按钮点了没反应转圈圈转了半个小时了
      客服: 先停一停，…
      客服: 平台正在维护：交通银行信用卡解绑服务升级维护。…
      客服: 您要解的卡，是这份公告里说的吗？…
      客户: 交行的
      客服: 维护的时候按钮没反应、提交不了是正常的，不用交任何材料。…
      客服: 到时候要我提醒您吗？…
      `,
    ));

  it('maintenance: an error code as the symptom, and it breaks again after it worked', () =>
    journey(
      { customer: 'happy' },
      `
      客户: 按钮没反应
      客服: 先停一停，…
      客服: 平台有一份维护公告，不过说的不是您绑的卡。…
      客服: 点下去之后，页面上弹出什么字或者代码没有？…
      客户: E1024
      客服: 记下了。先试最省事的：…
      客户: 可以了
      客服: 那就好。… [看步骤] [不用了] [又不行了]
      客户: 还是不行
      客服: 那换个网络：…
      `,
    ));

  it('balance: an amount where a kind was asked for', () =>
    journey(
      {},
      `
      客户: 余额没清
      客服: 我这边还不知道您是哪个账户，…
      客服: 页面上写着没结清的是哪一种？…
      客户: 三毛
      客服: 余额可以自己提现，或者花掉；…
      客服: 这些只算本平台的款项，…
      客户: 提不了
      客服: 几分钱也算没结清，…
      客服: 还有别的要问吗？…
      `,
    ));

  it('balance: the time once more, and a bare 1 for the reminder', () =>
    journey(
      { customer: 'withdrawal-in-transit' },
      `
      客户: 提现还没到账
      客服: 兴业银行尾号7402还有这些没结清：…
      客服: 在路上的提现，…
      客服: 这些只算本平台的款项，…
      客户: 明天几点来着
      客服: 页面上有预计时间的，以页面为准；…
      客服: 还有别的要问吗？…
      客户: 知道了
      客服: 到时候要我提醒您吗？平台通知款项结清，或者到了明天 12:00，…
      客户: 1
      客服: 记下了：平台通知款项结清，或者到了明天 12:00，…
      `,
    ));

  it('verification: neither of the two numbers', () =>
    journey(
      {},
      `
      客户: 验证码收不到
      客服: 先分清发到哪个号。…
      客户: 都不是
      客服: 那对一下：页面上露出来的后几位，和您登录 App 用的手机号一样吗？ [一样] [不一样] [页面没写]
      `,
    ));

  it('verification: it comes while the number is asked about', () =>
    journey(
      {},
      `
      客户: 验证码收不到
      客服: 先分清发到哪个号。…
      客户: 哎刚收到了
      客服: 好了就回到解绑那一步，只试一次，等页面转完。过了吗？…
      `,
    ));
});
