import { comesBackAndStops, journey } from '../support/never.ts';

const NEVER = {
  'wants to open the link':
    /(?:链接|网址).{0,4}(?:发给我|发来|发过来)|(?:我|我们)(?:来)?(?:帮|替)您(?:点|打开|看看)/u,
  'takes it for genuine': /应该是真的|是我们(?:发的|官方)|是官方(?:的)?链接/u,
  'gives an official number': /(?:官方|客服)(?:电话|热线)(?:是|：|:)\s*\d/u,
  'is asked to send the text on': /短信(?:内容)?(?:发给我|转发给我)/u,
};

const SCRIPT = `
  客户: 收到短信 点链接解绑 km-jinfu-unbind.com 是你们吗
  客服: 先别点那个链接，也别在里面填。…自己打开已经装好的官方 App，看有没有同样的提示。没有，就当它是假的。要打电话，也只打那里写的号码。
  客服: 那您有没有点进去、填过什么，或者把验证码告诉对方？ [没有，什么都没给] [点开了，没填] [填了，或告诉对方了] [钱已经少了]
  客户: 他还打电话说不解会影响征信
  客服: 解不解绑，由您自己定。…多半是骗子。⏎⏎要验证码、要共享屏幕、要转到“安全账户”的，都别理。拿不准打 96110 问；真被骗了，打 110。
  客服: 那您有没有点进去、填过什么，…
  客户: 我还没点
  客服: 没点、没给就对了，您很警觉。再做三件小事：⏎⏎· 短信、来电截个图，然后删掉⏎· 别回拨，也别回信息⏎· 打开官方 App，看有没有不认识的绑卡和授权`;

describe('J10 钓鱼 / 假客服', () => {
  it('anonymous: not to be clicked, how to check, what the talk is, praise and three things', () =>
    journey({}, SCRIPT, NEVER));

  it('signed in: the same', () => journey({ customer: 'happy' }, SCRIPT, NEVER));

  comesBackAndStops({}, '客户: 收到短信 点链接解绑 km-jinfu-unbind.com 是你们吗', '客户: 你能做什么');
});
