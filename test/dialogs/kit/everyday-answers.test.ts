import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { dayNamed } from '../../../dialogs/dispute/day.ts';
import { choiceOf } from '../../../dialogs/kit/choice.ts';
import { echoes } from '../../../dialogs/kit/echo.ts';
import { declines, putsOff } from '../../../dialogs/kit/not-now.ts';
import { lastFourOf, placeOf, withoutCorrection, withoutDenial } from '../../../dialogs/kit/words.ts';
import { yesNoOf } from '../../../dialogs/kit/yes-no.ts';
import { type TextKey, text } from '../../../locales/index.ts';
import { fromRoot } from '../../../src/root.ts';
import { mask } from '../../../src/understanding/mask.ts';
import { simplify } from '../../../src/understanding/normalise.ts';
import { prepare } from '../../../src/understanding/prepare.ts';

function sources(): string[] {
  const folder = fromRoot('dialogs');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

const words = (table: string) => table.trim().split(/\s*\|\s*|\n\s*/);

const YES = words(`
  好嘞 | 好咧 | 好吧 | 好呀好呀 | 好好好 | 嗯呢 | 嗯嗯嗯 | 嗯是的 | 嗯对 | 哦好的 | 噢好 | 行吧 | 行行行 | 成吧
  可以啊 | 可以的 | 可以可以 | 没毛病 | 没错 | 对呀 | 对头 | 对的对的 | 是滴 | 是的呢 | 是呀 | 确实 | 的确是 | 正是 | 必须的
  妥了 | 要的 | 要啊 | 需要的 | 我愿意 | 我确认 | 我确定 | 就这样吧 | 就这么办 | 就按这个来 | 弄吧 | 办吧 | 试试吧 | 开始吧
  走起 | 继续吧 | 接着来 | 有的 | 有啊 | 是我的 | 是本人 | 是我自己 | 那好吧 | 那行 | 那麻烦你了 | 麻烦了 | 拜托了
  👌 | 👍 | ✅ | 冇問題 | 係呀 | 啱呀 | 得喇 | 好啊唔該 | 當然 | yes yes | yea | okk | okie | k | sure thing | yes I agree
`);

const NO = words(`
  没别的了 | 没有其他的
  不是,是我老婆的 | 不对,应该是旧姓名 | 不是,我是说不用了 | no, it's my wife's
  不用啦 | 不要了 | 不了不了 | 不需要了 | 没有哦 | 没有没有 | 木有 | 冇呀 | 唔係 | 唔使喇 | 唔好 | 不是的 | 不是本人
  不对啊 | 不行啊 | 不好 | 不想要 | 还没呢 | 還未 | 暂时不要 | 暂时没有 | 先不了 | 先不弄 | 先不办
  我拒绝 | 免了 | 算啦 | 不必了 | 不要不要 | 都没 | 一个都没有 | 并没有 | 从来没有
  🙅 | ❌ | 👎 | nono | no no | nah | not yet thanks | no I don't | 不用麻烦了 | 没必要 | 不是我弄的
`);

/** No answer by itself, and a no where that means 「not now」. */
const PUT_OFF = words(`
  回头再说 | 以后再说 | 下次吧 | 改天吧 | 晚点再说 | 再说吧 | 算了明天再来 | 改天再说 | 回头再弄 | 算了，改天吧 | 好，明天再来 | 那就下次再说吧
  明天 | 明天再说 | 明儿再弄吧 | 等有空再弄 | 等会儿再办 | 待会再说 | 过两天再来 | 没空 | 现在没时间 | 在忙呢，晚点再说 | 今天太晚了，明天再弄
  我再想想 | 让我考虑一下 | 先这样吧 | 聽日先啦 | 遲啲再講 | 改天再弄囉 | 得闲先啦 | later | maybe later | tomorrow | another time, thanks | I'll think about it
`);

/** Not put off: a question, a wish of their own, a moment only. */
const NOT_PUT_OFF = words(`
  明天再来可以吗 | 什么时候再来 | 明天能好吗 | 等一下 | 以后会扣钱吗 | 回头看看是哪张 | 明天扣款 | 昨天弄的 | 晚上十点扣的 | 下次扣款是几号 | 算了 | 不用 | 你再说一遍 | when is the later date
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

/** Said on Monday, the 23rd of November 2026. */
const DAYS: [said: string, day: string | undefined][] = [
  ['今天', '11-23'],
  ['今早', '11-23'],
  ['昨天夜里', '11-22'],
  ['昨晚', '11-22'],
  ['前天下午三点', '11-21'],
  ['大前天', '11-20'],
  ['3天前', '11-20'],
  ['上周五', '11-20'],
  ['上個禮拜五', '11-20'],
  ['上星期天', '11-22'],
  ['上上周一', '11-09'],
  ['这周一', '11-23'],
  ['11月8号', '11-08'],
  ['１１月８日', '11-08'],
  ['十一月八号', '11-08'],
  ['十月二十三日', '10-23'],
  ['2026/11/8', '11-08'],
  ['yesterday', '11-22'],
  ['last night', '11-22'],
  ['3 days ago', '11-20'],
  ['last friday', '11-20'],
  ['last monday', '11-16'],
  ['nov 8th', '11-08'],
  ['8th of november', '11-08'],
  ['明天', 'to-come'],
  ['下周五', 'to-come'],
  ['next friday', 'to-come'],
  ['2月30日', 'impossible'],
  ['上个月', undefined],
  ['上周', undefined],
];

const AMOUNTS: [said: string, amount: number | undefined][] = [
  ['29.9元', 29.9],
  ['29块9', 29.9],
  ['￥29.9', 29.9],
  ['３２元', 32],
  ['两百块', 200],
  ['二百五十块', 250],
  ['三千五块', 3500],
  ['1.2万', 12_000],
  ['5千块', 5000],
  ['1,299元', 1299],
  ['RMB 52', 52],
  ['52 yuan', 52],
  ['十块钱', 10],
  ['200美元', undefined],
  ['两块地方', undefined],
];

const entitiesOf = (said: string) => prepare(mask(said).text).entities;

function dayIn(said: string): string | undefined {
  const { date = '' } = entitiesOf(said);
  const named = dayNamed(date, new Date('2026-11-23T10:00:00+08:00'));
  return named?.kind === 'day' ? named.day.replace('2026-', '') : named?.kind;
}

describe('everyday answers', () => {
  for (const said of YES)
    it(`takes 「${said}」 for yes`, () => expect(yesNoOf(simplify(said))).to.equal(true));
  for (const said of NO)
    it(`takes 「${said}」 for no`, () => expect(yesNoOf(simplify(said))).to.equal(false));
  for (const said of PUT_OFF) {
    it(`takes 「${said}」 for not now`, () => {
      expect(yesNoOf(simplify(said))).to.equal(undefined);
      expect(putsOff(simplify(said))).to.equal(true);
    });
  }
  for (const said of NOT_PUT_OFF)
    it(`does not take 「${said}」 for not now`, () => expect(putsOff(simplify(said))).to.equal(false));
  for (const said of NEITHER)
    it(`takes 「${said}」 for neither`, () => expect(yesNoOf(simplify(said))).to.equal(undefined));
  for (const [said, value] of CHOICES) {
    it(`takes 「${said}」 for ${value}`, () => expect(choiceIn(simplify(said))).to.equal(value));
  }
  for (const [said, last4] of LAST_FOUR)
    it(`reads ${last4} in 「${said}」`, () => expect(lastFourOf(simplify(said))).to.equal(last4));

  for (const [said, day] of DAYS) it(`takes 「${said}」 for ${day}`, () => expect(dayIn(said)).to.equal(day));
  for (const [said, amount] of AMOUNTS)
    it(`reads ${amount} yuan in 「${said}」`, () => expect(entitiesOf(said).amount).to.equal(amount));

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

  it('hears a yes in the words of the question', () => {
    const ASKED: [question: string, yes: string[], other: string[]][] = [
      [
        '下一件是解除风控锁定，现在一起办吗？',
        ['现在一起办', '一起办', '好，一起办吧', '那就一起办'],
        ['不一起办', '办', '现在', '一起办要多久'],
      ],
      ['要帮您转给人工客服吗？', ['帮我转给人工客服'], ['不要人工客服', '客服电话']],
      ['提前 1 天提醒您，好吗？', [], ['提醒我']],
      ['您想怎么办？', [], ['怎么办', '想怎么办']],
    ];
    for (const [question, yes, other] of ASKED) {
      for (const said of yes) expect(echoes(said, question), `${question} ${said}`).to.equal(true);
      for (const said of other) expect(echoes(said, question), `${question} ${said}`).to.equal(false);
    }
  });

  it('knows of every offer whether its no is 「not now」', () => {
    // The no to these says what is so, whenever.
    const SO_IT_IS: TextKey[] = ['dispute.otherCard', 'dispute.notRecognised'];
    const keys = sources().flatMap((source) =>
      [...source.matchAll(/\bno: '([a-z-]+\.[A-Za-z]+)'/g)].map(([, key]) => key as TextKey),
    );
    expect(keys.length).to.be.above(15);
    const unknown = keys.filter((key) => !declines(text('zh-CN', key)) && !SO_IT_IS.includes(key));
    expect(unknown).to.deep.equal([]);
  });

  it('reads a place only where the whole answer is one', () => {
    for (const said of ['一样', '第一次', '3天了', '1000', '二维码', '一个都不是'])
      expect(placeOf(said), said).to.equal(undefined);
  });
});
