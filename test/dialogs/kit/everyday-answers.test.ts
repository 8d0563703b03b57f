import { expect } from 'chai';
import { choiceOf } from '../../../dialogs/kit/choice.ts';
import { lastFourOf, placeOf, withoutCorrection, withoutDenial } from '../../../dialogs/kit/words.ts';
import { yesNoOf } from '../../../dialogs/kit/yes-no.ts';
import { simplify } from '../../../src/understanding/normalise.ts';

const words = (table: string) => table.trim().split(/\s*\|\s*|\n\s*/);

const YES = words(`
  好嘞 | 好咧 | 好吧 | 好呀好呀 | 好好好 | 嗯呢 | 嗯嗯嗯 | 嗯是的 | 嗯对 | 哦好的 | 噢好 | 行吧 | 行行行 | 成吧
  可以啊 | 可以的 | 可以可以 | 没毛病 | 没错 | 对呀 | 对头 | 对的对的 | 是滴 | 是的呢 | 是呀 | 确实 | 的确是 | 正是 | 必须的
  妥了 | 要的 | 要啊 | 需要的 | 我愿意 | 我确认 | 我确定 | 就这样吧 | 就这么办 | 就按这个来 | 弄吧 | 办吧 | 试试吧 | 开始吧
  走起 | 继续吧 | 接着来 | 有的 | 有啊 | 是我的 | 是本人 | 是我自己 | 那好吧 | 那行 | 那麻烦你了 | 麻烦了 | 拜托了
  👌 | 👍 | ✅ | 冇問題 | 係呀 | 啱呀 | 得喇 | 好啊唔該 | 當然 | yes yes | yea | okk | okie | k | sure thing | yes I agree
`);

const NO = words(`
  不是,是我老婆的 | 不对,应该是旧姓名 | 不是,我是说不用了 | no, it's my wife's
  不用啦 | 不要了 | 不了不了 | 不需要了 | 没有哦 | 没有没有 | 木有 | 冇呀 | 唔係 | 唔使喇 | 唔好 | 不是的 | 不是本人
  不对啊 | 不行啊 | 不好 | 不想要 | 还没呢 | 還未 | 暂时不要 | 暂时没有 | 先不了 | 先不弄 | 先不办 | 回头再说 | 以后再说
  下次吧 | 改天吧 | 晚点再说 | 再说吧 | 我拒绝 | 免了 | 算啦 | 不必了 | 不要不要 | 都没 | 一个都没有 | 并没有 | 从来没有
  🙅 | ❌ | 👎 | nono | no no | nah | not yet thanks | no I don't | 不用麻烦了 | 没必要 | 不是我弄的
`);

/** Questions, doubts, wishes of their own: to be asked again or to lead elsewhere. */
const NEITHER = words(`
  不清楚 | 不确定 | 没看懂 | 随便 | 啥 | 为什么 | 等一下 | 我看看 | 可能吧 | 好像没有 | 是吗 | 对吗 | 可以吗 | 要多久 | 要钱吗
  有风险吗 | 不行怎么办 | 可以退吗 | 好难 | 好麻烦 | 好烦啊 | 行不通 | 对不起 | 要不要 | 有没有 | 是不是 | 可不可以 | 不会弄
  没用 | 没空 | 不懂 | 没有验证码怎么办 | 不是,我是说之前那张 | 不对,我说的是招行那张 | 好端端的怎么就锁了 | 要死了 | 有病
  是这样的我上个月换了手机 | no I mean the other card | k歌 | 得了吧 | 中行 | 11 | 22 | 有2张
`);

const CARDS = [
  { value: 'cmb', words: '招商银行 尾号1234' },
  { value: 'icbc', words: '工商银行 尾号7788' },
  { value: 'ccb', words: '建设银行 尾号5678' },
];

/** What is said, and which of the cards it means. */
const CHOICES: [said: string, value: string | undefined][] = [
  ['1', 'cmb'],
  ['１', 'cmb'],
  ['①', 'cmb'],
  ['一', 'cmb'],
  ['第1个', 'cmb'],
  ['第一张吧', 'cmb'],
  ['选第二个', 'icbc'],
  ['就第二张', 'icbc'],
  ['2吧', 'icbc'],
  ['2、', 'icbc'],
  ['(3)', 'ccb'],
  ['3号', 'ccb'],
  ['三', 'ccb'],
  ['叁', 'ccb'],
  ['壹', 'cmb'],
  ['俩', undefined],
  ['最后一张', 'ccb'],
  ['最后那个', 'ccb'],
  ['最下面那个', 'ccb'],
  ['第一', 'cmb'],
  ['头一个', 'cmb'],
  ['最上面的', 'cmb'],
  ['上面那张', undefined],
  ['中间那张', 'icbc'],
  ['倒数第一个', 'ccb'],
  ['倒数第二个', 'icbc'],
  ['7788', 'icbc'],
  ['尾号是5678', 'ccb'],
  ['七七八八那张', 'icbc'],
  ['工商银行', 'icbc'],
  ['建设', 'ccb'],
  ['招商银行', 'cmb'],
  ['是招商银行的', 'cmb'],
  ['那张建设银行的', 'ccb'],
  ['不是招商银行', undefined],
  ['招商银行还是工商银行', undefined],
  ['4', undefined],
  ['10', undefined],
  ['1和2', undefined],
  ['都要', undefined],
  ['12号扣的', undefined],
  ['third', 'ccb'],
  ['the 2nd one', 'icbc'],
  ['last', 'ccb'],
  ['不是,我是说第二张', 'icbc'],
  ['不对,应该是建设银行', 'ccb'],
  ['打错了,3', 'ccb'],
  ['no, I meant the first one', 'cmb'],
  ['不是,招商银行', 'cmb'],
  ['不是不是,是第三张', 'ccb'],
];

const LAST_FOUR: [said: string, last4: string | undefined][] = [
  ['尾号8812', '8812'],
  ['八八幺二', '8812'],
  ['８８１２', '8812'],
  ['8 8 1 2', '8812'],
  ['后四位是8812吧', '8812'],
  ['末四碼 8812', '8812'],
  ['****8812', '8812'],
  ['88-12', '8812'],
  ['捌捌壹贰', '8812'],
  ['88123', undefined],
  ['881', undefined],
  ['我记不得了', undefined],
];

/** As a question reads it: the words, then what is left of a correction. */
const choiceIn = (said: string) => choiceOf(said, CARDS) ?? choiceOf(withoutDenial(said), CARDS);

describe('everyday answers', () => {
  for (const said of YES)
    it(`takes 「${said}」 for yes`, () => expect(yesNoOf(simplify(said))).to.equal(true));
  for (const said of NO)
    it(`takes 「${said}」 for no`, () => expect(yesNoOf(simplify(said))).to.equal(false));
  for (const said of NEITHER)
    it(`takes 「${said}」 for neither`, () => expect(yesNoOf(simplify(said))).to.equal(undefined));
  for (const [said, value] of CHOICES) {
    it(`takes 「${said}」 for ${value}`, () => expect(choiceIn(simplify(said))).to.equal(value));
  }
  for (const [said, last4] of LAST_FOUR)
    it(`reads ${last4} in 「${said}」`, () => expect(lastFourOf(simplify(said))).to.equal(last4));

  it('keeps what only looks like a correction', () => {
    for (const said of [
      '不是',
      '不是我要的',
      '不是我本人',
      '不对',
      'no',
      '应该是建行',
      '不是,是我老婆的',
      'no thanks',
    ])
      expect(withoutCorrection(said), said).to.equal(said);
  });

  it('reads a place only where the whole answer is one', () => {
    for (const said of ['一样', '第一次', '3天了', '1000', '二维码', '一个都不是'])
      expect(placeOf(said), said).to.equal(undefined);
  });
});
