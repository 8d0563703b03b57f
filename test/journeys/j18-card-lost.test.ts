import { comesBackAndStops, journey, urges } from '../support/never.ts';

const NEVER = {
  'has it released to unbind it': urges(/(?:先|去|把).{0,4}(?:解挂|解除挂失|解冻)|取消挂失/u),
  'does not care about an old card': /过期了?就?不用管|不用管它|放着(?:就)?(?:行|不管)/u,
  'lets it be tried again': urges(/(?:再|多)(?:试|点)(?:几)?次/u),
};

const LOST = { customer: 'lost-card' };
const OPENING = '客户: 卡在地铁丢了 挂失了 现在解不掉 状态不对';
const CHARGES = '客服: 再看一眼这张卡的账单：有没有您不认识的扣款？ [有不认识的扣款] [没有]';
const USED =
  '客服: 挂失以后，这张卡一般就付不了款了。会员、代扣的协议可能还在，到银行 App 的“代扣协议”里查一查；平台的小额免密也关掉，更稳当。';
const NEW_NUMBER =
  '客服: 卡号变了，旧的那条在页面上一般解不掉，别反复试。登记给人工，由他们核对怎么清掉；要什么材料会再找您。';
const REGISTER = '客服: 要我现在登记给人工处理吗？先不用交材料，需要的话会再找您。 [现在登记] …';
const EXPLAINED = `
  客服: 挂失之后，这张卡一般就不能再支付了。平台要求解绑时卡不能是挂失状态，…不要为了解绑去解挂，…
  客服: 另外提醒一句：会员、分期、代扣这些协议，卡停了也可能还在。…`;

describe('J18 卡丢了/挂失/过期/冻结', () => {
  it('signed in: the loss is stopped already, what may still happen, the new number, a person', () =>
    journey(
      LOST,
      `
      ${OPENING}
      客服: 卡丢了确实让人着急。已经挂失就好，最要紧的一步您做了。
      ${CHARGES}
      客户: 那不解 它会不会被刷
      ${USED}
      ${CHARGES}
      客户: 没有
      ${EXPLAINED}
      ${REGISTER}
      客户: 新卡号变了 旧的还挂着
      ${NEW_NUMBER}
      ${REGISTER}
      客户: 那我先解挂 解完再挂失行吗
      客服: 别为了解绑去解挂：一解挂，卡又可能被人用。…
      ${REGISTER}
      客户: 现在登记
      客服: 好的，我按中信银行尾号7753登记。
      客服: 已经提交，案件号 JB…
      `,
      NEVER,
    ));

  it('anonymous: the same, and a person instead of a case', () =>
    journey(
      {},
      `
      ${OPENING}
      客服: 卡丢了确实让人着急。…
      ${CHARGES}
      客户: 没有
      ${EXPLAINED}
      客服: 登记前要先确认您的账户。…要我帮您转人工客服吗？…
      客户: 那不解 它会不会被刷
      ${USED}
      客服: 登记前要先确认您的账户。…
      `,
      NEVER,
    ));

  it('not reported yet: the bank before anything else', () =>
    journey(
      LOST,
      `
      客户: 卡丢了 想赶紧解绑
      客服: 卡挂失之后，平台就不让解绑了。不过先顾安全：您向银行挂失了吗？ [已经挂失了] [还没有]
      客户: 还没
      客服: 那先挂失，解绑放一放。…
      `,
      NEVER,
    ));

  comesBackAndStops(LOST, OPENING);
});
