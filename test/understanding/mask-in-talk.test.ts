import { expect } from 'chai';
import type { SaidBefore } from '../../src/domain/intent.ts';
import { maskInTalk } from '../../src/understanding/mask-in-talk.ts';

/** What stays in the log of customer's lines; a line that begins with `客服:` is the desk's. */
function logOf(lines: readonly string[]): string[] {
  const before: SaidBefore[] = [];
  const kept: string[] = [];
  for (const line of lines) {
    if (line.startsWith('客服:')) {
      before.push({ by: 'desk', text: line.slice('客服:'.length) });
      continue;
    }
    const known = maskInTalk.asksBack(line) ? before : [];
    const { text } = maskInTalk.mask(line, known);
    before.push({ by: 'customer', text });
    kept.push(text);
  }
  return kept;
}

const KEPT: [lines: string[], kept: string[]][] = [
  [
    ['验证码发你了', '482910'],
    ['验证码发你了', '〔验证码已隐藏〕'],
  ],
  [
    ['验证码收不到', '482910'],
    ['验证码收不到', '〔验证码已隐藏〕'],
  ],
  [
    ['短信验证码是', '4 8 2 9'],
    ['短信验证码是', '〔验证码已隐藏〕'],
  ],
  [
    ['驗證碼收到了', '四八二九一零'],
    ['驗證碼收到了', '〔验证码已隐藏〕'],
  ],
  [
    ['安全码是这个', '客服:请不要发安全码', '638'],
    ['安全码是这个', '〔安全码已隐藏〕'],
  ],
  [
    ['我的支付密码', '是 Kk20@mm'],
    ['我的支付密码', '是 Kk20@mm'],
  ],
  [
    ['我的支付密码', 'Kk20@mm'],
    ['我的支付密码', '〔密码已隐藏〕'],
  ],
  [
    ['支付密码', '135790'],
    ['支付密码', '〔密码已隐藏〕'],
  ],
  [
    ['有效期', '08/30'],
    ['有效期', '〔有效期已隐藏〕'],
  ],
  [
    ['my verification code', '482910'],
    ['my verification code', '〔验证码已隐藏〕'],
  ],
  [
    ['验证码我收到了', '好的', '482910'],
    ['验证码我收到了', '好的', '〔验证码已隐藏〕'],
  ],
  [
    ['6222 0200 1234', '5678 900'],
    ['〔卡号前12位已隐藏〕', '****8900'],
  ],
  [
    ['6222020012345', '678900'],
    ['〔卡号前13位已隐藏〕', '****8900'],
  ],
  [
    ['我的卡 6222 0200 1234', '后面是 5678 900'],
    ['我的卡 〔卡号前12位已隐藏〕', '后面是 ****8900'],
  ],
  [
    ['６２２２０２００', '１２３４', '５６７８'],
    ['〔卡号前8位已隐藏〕', '〔卡号前12位已隐藏〕', '****５６７８'.normalize('NFKC')],
  ],
  [
    ['六二二二 零二零零 一二三四', '五六七八九零零'],
    ['〔卡号前12位已隐藏〕', '****8900'],
  ],
  [
    ['6222 0200 1234', '客服:请不要发卡号', '5678'],
    ['〔卡号前12位已隐藏〕', '****5678'],
  ],
  [
    ['622202', '001234', '5678900'],
    ['622202', '〔卡号前12位已隐藏〕', '****8900'],
  ],
  [
    ['6222', '0200', '1234', '5678900'],
    ['6222', '〔卡号前8位已隐藏〕', '〔卡号前12位已隐藏〕', '****8900'],
  ],
  [
    ['6222021234567894', '638'],
    ['****7894', '〔安全码已隐藏〕'],
  ],
  [
    ['6222021234567894', '08/30', '638'],
    ['****7894', '〔有效期已隐藏〕', '638'],
  ],
  [
    ['138', '00138000'],
    ['138', '〔手机号前11位已隐藏〕'],
  ],
  [
    ['13800138', '000'],
    ['〔手机号前8位已隐藏〕', '〔手机号前11位已隐藏〕'],
  ],
  [
    ['1380013', '8000'],
    ['1380013', '〔手机号前11位已隐藏〕'],
  ],
  [
    ['110105', '19491231002X'],
    ['110105', '〔证件号前18位已隐藏〕'],
  ],
  [
    ['11010519491231', '002X'],
    ['〔证件号前14位已隐藏〕', '****2X'],
  ],
  [
    ['1101051949', '1231002X'],
    ['〔证件号前10位已隐藏〕', '****2X'],
  ],
];

/** Numbers that are answers, and numbers that are none of a card. */
const SHOWN: string[][] = [
  ['验证码收不到', '客服:是哪张卡?请告诉我尾号后四位', '1234'],
  ['验证码收不到', '1'],
  ['1234', '5678'],
  ['1234', '客服:后四位是多少?', '6222', '客服:另一张的后四位呢?', '0200'],
  ['密码忘了', '客服:收短信的手机号尾号是多少?', '8000'],
  ['20261122012345'],
  ['JB20261122012345'],
  ['订单号', '622202123456'],
  ['客服:请把案件号发给我', '20261122012345'],
  ['20261122'],
  ['4008208820'],
  ['3200'],
  ['扣了', '3200', '500'],
  ['2026', '1122'],
  ['100000'],
  ['3,200.50'],
  ['2026-11-22'],
  ['E1024'],
  ['JB20261122012345', '123'],
  ['钱扣了两次', '客服:一共多少钱?', '482910.50'],
];

describe('masking in a conversation', () => {
  for (const [lines, kept] of KEPT) {
    it(`keeps ${kept.join(' / ')} of ${lines.join(' / ')}`, () => expect(logOf(lines)).to.deep.equal(kept));
  }
  for (const lines of SHOWN) {
    it(`leaves ${lines.join(' / ')} alone`, () => {
      expect(logOf(lines)).to.deep.equal(lines.filter((line) => !line.startsWith('客服:')));
    });
  }

  it('leaves no eight digits of any card together, wherever it is broken', () => {
    const card = '6222021234567894';
    for (let at = 1; at < card.length; at++) {
      const kept = logOf([card.slice(0, at), card.slice(at)]).join('|');
      expect(kept.replace(/前\d+位/g, '').match(/\d{8,}/), `${at}: ${kept}`).to.equal(null);
      for (let to = at + 1; to < card.length; to++) {
        const three = logOf([card.slice(0, at), card.slice(at, to), card.slice(to)]).join('|');
        expect(three.replace(/前\d+位/g, '').match(/\d{8,}/), three).to.equal(null);
      }
    }
  });

  it('asks for what was said before only where a number or a password stands alone', () => {
    for (const text of ['1', '解绑一直失败', '尾号1234的卡解绑不了', '', '好的', 'x'.repeat(4000)])
      expect(maskInTalk.asksBack(text), text).to.equal(false);
    for (const text of ['482910', '5678 900', '是 4829', 'Kk20@mm', '四八二九']) {
      expect(maskInTalk.asksBack(text), text).to.equal(true);
    }
  });
});
