import { expect } from 'chai';
import type { Entities } from '../../src/domain/intent.ts';
import { mask } from '../../src/understanding/mask.ts';
import { prepare } from '../../src/understanding/prepare.ts';

const entitiesOf = (text: string) => prepare(mask(text).text).entities;

const EXPECTED: [text: string, entities: Entities][] = [
  ['尾号7788的解绑不了', { cardLast4: '7788' }],
  ['尾号是 ７７８８', { cardLast4: '7788' }],
  ['後四碼七七八八', { cardLast4: '7788' }],
  ['末四碼7788', { cardLast4: '7788' }],
  ['尾号叁贰幺零', { cardLast4: '3210' }],
  ['尾号 7 7 8 8', { cardLast4: '7788' }],
  ['尾号四个八', { cardLast4: '8888' }],
  ['尾号七七八八一直解不掉', { cardLast4: '7788' }],
  ['尾号7788 3200元没到账', { cardLast4: '7788', amount: 3200 }],
  ['****7788这张', { cardLast4: '7788' }],
  ['卡号6222021234567894', { cardLast4: '7894' }],
  ['招商银行(7788)', { cardLast4: '7788', bank: '招商银行' }],
  ['招行（7788）解不了', { cardLast4: '7788', bank: '招商银行' }],
  ['尾号12345', {}],
  ['尾号一二三四五', {}],
  ['尾号7 7 8 8 9', {}],
  ['尾号7788和5566两张', {}],
  ['7788那张和5566那张都要', {}],
  ['尾号7788和5566两张,先解7788', { cardLast4: '7788' }],
  ['不是尾号5566,是尾号7788', { cardLast4: '7788' }],
  ['手机尾号8000', {}],
  ['手机13800138000', { phoneMasked: '138****8000' }],
  ['招行信用卡', { bank: '招商银行' }],
  ['my card ending in 7788', { cardLast4: '7788' }],
  ['the card that ends with 7788', { cardLast4: '7788' }],
  ['last four digits are 7788', { cardLast4: '7788' }],
  ['my phone number ending in 8000', {}],
  ['China Merchants Bank ending in 1234', { bank: '招商银行', cardLast4: '1234' }],
  ['the Industrial and Commercial Bank of China card', { bank: '中国工商银行' }],
  ['Bank of China', { bank: '中国银行' }],
  ['I was charged CNY 52.10 yesterday', { amount: 52.1, date: 'yesterday' }],
  ['they took 3,200 yuan on March 8th', { amount: 3200, date: 'march 8th' }],
  ['3 days ago', { date: '3 days ago' }],
  ['may 2024 be better', {}],
  ['CMB的卡', { bank: '招商银行' }],
  ['CMBC信用卡', { bank: '民生银行' }],
  ['ICBC', { bank: '中国工商银行' }],
  ['昭商银行', { bank: '招商银行' }],
  ['建社银行', { bank: '中国建设银行' }],
  ['農業銀行', { bank: '中国农业银行' }],
  ['手机银行登不上', {}],
  ['祝你平安', {}],
  ['平安的卡', { bank: '平安银行' }],
  ['不是招行是建行', { bank: '中国建设银行' }],
  ['招行和建行都有', {}],
  ['扣了3,200.50元', { amount: 3200.5 }],
  ['扣了¥29.9', { amount: 29.9 }],
  ['1.2万没到账', { amount: 12_000 }],
  ['三千二百块', { amount: 3200 }],
  ['一万二千元', { amount: 12_000 }],
  ['两百块钱', { amount: 200 }],
  ['29块9', { amount: 29.9 }],
  ['200美元', {}],
  ['$200', {}],
  ['扣了HK$200', {}],
  ['100港币', {}],
  ['这两块地方', {}],
  ['昨天扣的', { date: '昨天' }],
  ['3月8日扣的', { date: '3月8日' }],
  ['2025-03-08', { date: '2025-03-08' }],
  ['2025年3月8日', { date: '2025-03-08' }],
  ['2025/3/8', { date: '2025-03-08' }],
  ['2025-02-30', {}],
  ['13月8日', {}],
  ['上周五申请的', { date: '上周五' }],
  ['12/27', {}],
  ['报错E1024', { errorCode: 'E1024' }],
  ['错误码 e-1024', { errorCode: 'E1024' }],
  ['提示ERR_50012', { errorCode: 'ERR50012' }],
  ['错误代码50012', { errorCode: '50012' }],
  ['RMB3200', { amount: 3200 }],
  ['JB20261122012345', { caseId: 'JB20261122012345' }],
  ['jb 20261122-012345 到哪了', { caseId: 'JB20261122012345' }],
  ['ｊｂ２０２６１１２２０１２３４５', { caseId: 'JB20261122012345' }],
  ['JB202611220123456', { caseId: 'JB202611220123456' }],
  ['', {}],
];

describe('entities', () => {
  for (const [text, entities] of EXPECTED) {
    it(`reads ${JSON.stringify(entities)} from ${JSON.stringify(text)}`, () => {
      expect(entitiesOf(text)).to.deep.equal(entities);
    });
  }

  it('reads several kinds from one sentence', () => {
    expect(entitiesOf('昨天招行尾号7788被扣了3,200.50元,报错E1024,案件JB20261122012345')).to.deep.equal({
      cardLast4: '7788',
      bank: '招商银行',
      amount: 3200.5,
      date: '昨天',
      errorCode: 'E1024',
      caseId: 'JB20261122012345',
    });
  });
});
