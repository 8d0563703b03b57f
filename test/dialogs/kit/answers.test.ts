import { expect } from 'chai';
import { choiceOf } from '../../../dialogs/kit/choice.ts';
import { lastFourOf, placeOf } from '../../../dialogs/kit/words.ts';
import { yesNoOf } from '../../../dialogs/kit/yes-no.ts';
import { simplify } from '../../../src/understanding/normalise.ts';

const CARDS = [
  { value: 'cmb', words: '招商银行 尾号1234' },
  { value: 'icbc', words: '工商银行 尾号7788' },
  { value: 'none', words: '以上都不是' },
];

describe('answers in everyday Chinese', () => {
  const yes = [
    '是',
    '是的',
    '嗯',
    '嗯嗯',
    '恩',
    '好',
    '好的',
    '好的,谢谢',
    '好了谢谢',
    '行',
    '可以',
    '同意',
    '我同意',
    '确认',
    'OK',
    'ok!',
    'y',
    '对',
    '对的。',
    '没问题',
    '要',
    '有',
    '係',
    '沒問題',
    'Yes, please',
    "that's right",
    'sure, go ahead',
    'I do',
  ];
  const no = [
    '不',
    '不是',
    '否',
    '不用了',
    '不用',
    '没有',
    '没有了',
    '不同意',
    '先不用',
    '算了',
    '暂时不用',
    '唔使',
    'no',
    '不是,我没有',
    '還沒有',
    '没',
    'No thanks',
    'not now',
    "No, I don't",
    'not yet',
  ];
  const neither = [
    '',
    '什么意思',
    '为什么要同意',
    '不知道',
    '我的卡丢了',
    '会不会影响征信',
    '好像是锁了',
    '1234',
    '有什么用',
    '是不是骗子',
    '算了,不弄了',
    '算了 不办了',
    'yes but which card',
    'no idea what you mean',
    'is that right',
  ];
  for (const said of yes)
    it(`takes 「${said}」 for yes`, () => expect(yesNoOf(simplify(said))).to.equal(true));
  for (const said of no)
    it(`takes 「${said}」 for no`, () => expect(yesNoOf(simplify(said))).to.equal(false));
  for (const said of neither)
    it(`takes 「${said}」 for neither`, () => expect(yesNoOf(said)).to.equal(undefined));

  const places: [string, number | undefined][] = [
    ['1', 1],
    ['１', 1],
    ['①', 1],
    ['一', 1],
    ['第一个', 1],
    ['第一张', 1],
    ['选1', 1],
    ['1.', 1],
    ['2号', 2],
    ['第二', 2],
    ['两', 2],
    ['我选第三个', 3],
    ['12', undefined],
    ['一样', undefined],
    ['第一次', undefined],
    ['', undefined],
  ];
  for (const [said, place] of places)
    it(`reads 「${said}」 as place ${place}`, () => expect(placeOf(said)).to.equal(place));

  const choices: [string, string | undefined][] = [
    ['1', 'cmb'],
    ['第二张', 'icbc'],
    ['招商银行 尾号1234', 'cmb'],
    ['招商', 'cmb'],
    ['尾号7788', 'icbc'],
    ['7788', 'icbc'],
    ['七七八八', 'icbc'],
    ['工商银行那张', 'icbc'],
    ['都不是', 'none'],
    ['最后一个', 'none'],
    ['银行', undefined],
    ['9', undefined],
    ['4321', undefined],
    ['', undefined],
    ['怎么选', undefined],
  ];
  it('reads the denial of a label as its denial', () => {
    const charges = [
      { value: 'yes', words: '有不认识的扣款' },
      { value: 'no', words: '没有' },
    ];
    expect(choiceOf('没有不认识的扣款', charges)).to.equal('no');
    expect(choiceOf('有不认识的扣款', charges)).to.equal('yes');
  });
  for (const [said, value] of choices)
    it(`reads 「${said}」 as ${value}`, () => expect(choiceOf(said, CARDS)).to.equal(value));

  const fours: [string, string | undefined][] = [
    ['1234', '1234'],
    ['尾号1234', '1234'],
    ['一二三四', '1234'],
    ['幺二三四', '1234'],
    ['叁贰壹零', '3210'],
    ['１２３４', '1234'],
    ['1 2 3 4', '1234'],
    ['12-34', '1234'],
    ['12345', undefined],
    ['123', undefined],
    ['1234和5678', undefined],
    ['不知道', undefined],
  ];
  for (const [said, four] of fours)
    it(`reads the last four of 「${said}」 as ${four}`, () => expect(lastFourOf(said)).to.equal(four));
});
