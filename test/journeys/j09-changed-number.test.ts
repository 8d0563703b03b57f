import { comesBackAndStops, journey } from '../support/never.ts';

const NEVER = {
  'types the code for the customer': /(?:我|我们|客服)(?:来)?(?:帮|替)(?:您|你)(?:输|填)/u,
  'says only that the number has to be changed': /^换个号(?:就行|就好|即可)/u,
  'begins again': /我们从头来|重新开始/u,
};

function talkWith(registered: string): string {
  return `
    客户: 验证码发到我前妻号上了
    客服: 先分清发到哪个号。解绑可能用到两个手机号：⏎⏎· 平台注册手机：${registered}⏎· 银行预留手机：办卡时留给银行的⏎⏎页面上写的是哪一个？… [平台注册手机] [银行预留手机] [看不出来]
    客户: 是银行那个
    客服: 银行预留手机归银行管，平台改不了。…各家银行不一样，以银行说的为准。
    客服: 号码改好了吗？改好要隔一会儿才用得上。 [改好了] [我先去弄] [改不了]
    客户: 对了 我这会不会影响征信?
    客服: 单是解绑这个动作，一般不会写进征信；有欠款逾期才会。…
    客服: 我们接着说刚才的：核验过不去。
    客服: 号码改好了吗？改好要隔一会儿才用得上。 [改好了] [我先去弄] [改不了]
    客户: 改好了
    客服: 好了就回到解绑那一步，只试一次，等页面转完。过了吗？ [过了] [还是不行] [又要别的验证] [晚点再试]`;
}

describe('J9 换手机号,收不到验证码', () => {
  it('anonymous: two numbers, an aside that begins like a yes, and on from where it was', () =>
    journey({}, talkWith('登录 App 用的'), NEVER));

  it('signed in: the registered number is shown as the platform shows it', () =>
    journey({ customer: 'happy' }, talkWith('您登记的是 138****8000'), NEVER));

  comesBackAndStops({}, '客户: 验证码发到我前妻号上了\n客户: 是银行那个', '客户: 对了 我这会不会影响征信?');
});
