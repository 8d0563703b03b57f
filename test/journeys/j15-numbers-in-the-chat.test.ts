import { expect } from 'chai';
import { comesBackAndStops, journey, offences } from '../support/never.ts';
import { type Exchange, sharedDesk } from '../support/transcript.ts';

const ID = '11010119900307002X';
const CARD = '6222020012345678900';

/** Any five digits in a row of what was sent, also when it was masked in between. */
function piecesIn(talk: readonly Exchange[]): string[] {
  const pieces = [ID, CARD].flatMap((number) =>
    Array.from({ length: number.length - 4 }, (_, at) => number.slice(at, at + 5)),
  );
  return talk.flatMap(({ said }) =>
    said
      .map(({ activity }) => activity.text ?? '')
      .filter((text) => pieces.some((piece) => text.includes(piece))),
  );
}

const NEVER = {
  'says a piece of the number again': piecesIn,
  'says that it has it': /收到(?:了)?(?:您的)?(?:身份证|卡号|证件)|您的(?:身份证|卡号)是/u,
  'looks something up with it': /(?:用|凭|按)(?:您的)?(?:身份证号|卡号).{0,4}(?:查|核)/u,
};

const WARNED =
  '客服: 先提醒您：卡号、证件号、手机号、密码、验证码都别发在聊天里，我用不到；要说哪张卡，尾号四位就够。⏎⏎刚才那部分我已经遮住，没有保存，您也可以自己删掉那条。';

const SCRIPT = `
  客户: 身份证 ${ID} 你帮我查
  ${WARNED} [解绑一直失败] [怎么安全解绑] [查审核进度]
  客户: 那你们怎么知道是我
  客服: 您登录以后从官方 App 的客服进来，系统就知道是哪个账户；本人核验也在 App 里做。证件号我看不到，也用不着。
  客服: 这样核实清楚了吗？…
  客户: 我卡号发一下?${CARD}
  ${WARNED}
  客服: 不好意思，我没看明白。…
  客户: 我刚才发到公开群里了 怎么办
  客服: 先把那条撤回或删掉。卡号被人看到过，可以打卡背面的客服电话，问要不要换一张卡。…
  客服: 弄好了吗？ [弄好了] [找不到] [先不弄]
  客户: 删掉了
  客服: 好。别的还要看吗？…`;

describe('J15 聊天里发了身份证/卡号', () => {
  it('anonymous: warned first, nothing of it said again, and how it goes without', () =>
    journey({}, SCRIPT, NEVER));

  it('signed in: the same, and the log of the conversation holds no piece of the numbers', async () => {
    await journey({ customer: 'happy' }, SCRIPT, NEVER);
    const { store, insights } = await sharedDesk();
    const last = insights.at(-1)?.conversationId ?? '';
    const log = JSON.stringify(await store.read(last, 0, 500));
    expect([ID, CARD].filter((number) => log.includes(number.slice(2, 12)))).to.deep.equal([]);
  });

  it('the rule about pieces would find one', () => {
    const said = [{ activity: { type: 'message', text: '您的卡号是 6222 **** 78900' } }] as Exchange['said'];
    expect(offences([{ line: '客户: 你好', said }], { pieces: piecesIn })).to.have.length(1);
  });

  comesBackAndStops({}, '客户: 那你们怎么知道是我');
});
