import { expect } from 'chai';
import type { SensitiveKind } from '../../src/domain/intent.ts';
import { mask } from '../../src/understanding/mask.ts';

const HIDDEN: [text: string, masked: string, kinds: SensitiveKind[]][] = [
  ['卡号6222021234567894', '卡号****7894', ['pan']],
  ['6222 0212 3456 7894', '****7894', ['pan']],
  ['4111-1111-1111-1111', '****1111', ['pan']],
  ['４１１１　１１１１　１１１１　１１１１', '****1111', ['pan']],
  ['四一一一一一一一一一一一一一一一', '****1111', ['pan']],
  ['6222.0212.3456.7894', '****7894', ['pan']],
  ['6222\u200b0212\u200b3456\u200b7894', '****7894', ['pan']],
  ['6 2 2 2 0 2 1 2 3 4 5 6 7 8 9 4', '****7894', ['pan']],
  ['我卡6222021234567891打错一位', '我卡****7891打错一位', ['pan']],
  ['378282246310005', '****0005', ['pan']],
  ['6222021234567894和4111111111111111', '****7894和****1111', ['pan']],
  ['身份证11010519491231002X', '身份证****2X', ['idNumber']],
  ['身份证11010519491231002x。', '身份证****2X。', ['idNumber']],
  ['110105194912310021', '****21', ['idNumber']],
  ['老身份证110105491231002', '老身份证****02', ['idNumber']],
  ['手机13800138000', '手机138****8000', ['phone']],
  ['138 0013 8000', '138****8000', ['phone']],
  ['+86-138-0013-8000', '+138****8000', ['phone']],
  ['一三八零零一三八零零零', '138****8000', ['phone']],
  ['6222021234567894 13800138000', '****7894 138****8000', ['pan', 'phone']],
  ['验证码 482913', '验证码 〔验证码已隐藏〕', ['smsCode']],
  ['您的验证码为:123456,5分钟内有效', '您的验证码为:〔验证码已隐藏〕,5分钟内有效', ['smsCode']],
  ['驗證碼是４８２９', '驗證碼是〔验证码已隐藏〕', ['smsCode']],
  ['验证码四八二九一三', '验证码〔验证码已隐藏〕', ['smsCode']],
  ['482913是验证码', '〔验证码已隐藏〕是验证码', ['smsCode']],
  ['cvv123', 'cvv〔安全码已隐藏〕', ['cvv']],
  ['卡背后三位是 456', '卡背后三位是 〔安全码已隐藏〕', ['cvv']],
  ['有效期12/27', '有效期〔有效期已隐藏〕', ['expiry']],
  ['有效期:2027年12月', '有效期:〔有效期已隐藏〕', ['expiry']],
  ['密码是abc123,帮看看', '密码是〔密码已隐藏〕,帮看看', ['password']],
  ['支付密码:Qwe!2026', '支付密码:〔密码已隐藏〕', ['password']],
  ['密码123456', '密码〔密码已隐藏〕', ['password']],
  ['密码是13800138000', '密码是〔密码已隐藏〕', ['password']],
  ['6222,0212,3456,7894', '****7894', ['pan']],
  ['6222 / 0212 / 3456 / 7894', '****7894', ['pan']],
  ['6222、0212、3456、7894', '****7894', ['pan']],
  ['138，0013，8000', '138****8000', ['phone']],
  ['手机号码是:138_0013_8000', '手机号码是:138****8000', ['phone']],
  ['验证码: 48-29-13', '验证码: 〔验证码已隐藏〕', ['smsCode']],
  ['短信验证码发来是９３８２１７', '短信验证码发来是〔验证码已隐藏〕', ['smsCode']],
  ['the verification code I got is 482913', 'the verification code I got is 〔验证码已隐藏〕', ['smsCode']],
  ['my one-time code 551872', 'my one-time code 〔验证码已隐藏〕', ['smsCode']],
  ['my password is Hunter22', 'my password is 〔密码已隐藏〕', ['password']],
  ['my PIN 4821 is rejected', 'my PIN 〔密码已隐藏〕 is rejected', ['password']],
  ['支付密码我设的是 135790', '支付密码我设的是 〔密码已隐藏〕', ['password']],
  ['密码现在是 hello7788 想改', '密码现在是 〔密码已隐藏〕 想改', ['password']],
  ['密码就135790啊', '密码就〔密码已隐藏〕啊', ['password']],
  ['卡背面那三个数 315', '卡背面那三个数 〔安全码已隐藏〕', ['cvv']],
  ['签名栏后面三位 315', '签名栏后面三位 〔安全码已隐藏〕', ['cvv']],
  ['the three digits on the back are 315', 'the three digits on the back are 〔安全码已隐藏〕', ['cvv']],
  ['security code 315', 'security code 〔安全码已隐藏〕', ['cvv']],
  ['截止日期08/27', '截止日期〔有效期已隐藏〕', ['expiry']],
  ['expiry date is 08/27', 'expiry date is 〔有效期已隐藏〕', ['expiry']],
  ['4111 1111 1111 1111 12/27 123', '****1111 〔有效期已隐藏〕 〔安全码已隐藏〕', ['pan', 'cvv', 'expiry']],
];

const SHOWN = [
  'error code 50012',
  '12306验证码',
  '12306 验证码老是看不清',
  '95588这个验证码是谁发的',
  'error code is 50012',
  'the password is wrong',
  'the password is 8-16 characters',
  '密码就是一直错',
  '1,234,567,890元',
  '2026/11/23',
  '我有四张卡 7788,5566,1234,9877',
  '背面三位数看不清 有10次了',
  'a number of 12345 people',
  'case code JB20261122012345',
  '尾号1234',
  '尾号1234和5678',
  '****7788',
  '138****8000',
  'JB202611220123456',
  'JB20261122012345',
  'jb 20261122-012345',
  '订单号202611221234567890',
  '流水号 6222021234567891',
  '交易单号4200001234202611',
  '12345678901234567890',
  '20261122103045123',
  '金额3,200.50元',
  '2026-11-22 10:30:45',
  '2026年3月8日扣了1,234,567元',
  '95516',
  '客服4008208820',
  '验证码收不到,尾号1234',
  '尾号1234这个验证码收不到',
  '尾号7788验证码',
  '验证码6位',
  '验证码等了2026秒',
  '验证码 2026-11-22 没收到',
  '密码是什么',
  '密码错了5次',
  '密码是8-16位',
  '密码是一样的',
  '错误码E1024',
  '有效期是几年',
  '优惠券有效期12/27',
  '今天12/27',
  'iPhone 15 128G',
];

const BROKEN = [
  '',
  ' ',
  '\ud800',
  '\udc00卡6222021234567894',
  '\u0000\u0007',
  '🙂',
  'a\u0301',
  '〔验证码已隐藏〕 1234',
];

const HOSTILE: Record<string, string> = {
  digits: '1'.repeat(1_000_000),
  'spaced digits': '1 '.repeat(500_000),
  'mixed scripts': '一1'.repeat(500_000),
  keywords: '验证码是'.repeat(250_000),
  'a password without end': `密码:${'a'.repeat(1_000_000)}`,
  'many codes': '验证码123456 '.repeat(80_000),
  'many cards': '6222021234567894 '.repeat(60_000),
  spaces: ' '.repeat(1_000_000),
};

describe('mask', () => {
  for (const [text, masked, kinds] of HIDDEN) {
    it(`hides ${kinds.join(' and ')} in ${JSON.stringify(text)}`, () => {
      expect(mask(text)).to.deep.equal({ text: masked, sensitive: kinds });
    });
  }

  for (const text of SHOWN) {
    it(`leaves ${JSON.stringify(text)} alone`, () => {
      expect(mask(text)).to.deep.equal({ text, sensitive: [] });
    });
  }

  it('changes nothing in a masked text', () => {
    for (const text of [...HIDDEN.map(([raw]) => raw), ...SHOWN, ...BROKEN]) {
      const once = mask(text).text;
      expect(mask(once), text).to.deep.equal({ text: once, sensitive: [] });
    }
  });

  it('keeps lone surrogates and control characters around what it hides', () => {
    expect(mask('\udc00\u0000卡6222021234567894\ud800').text).to.equal('\udc00\u0000卡****7894\ud800');
    for (const text of BROKEN) expect(() => mask(text)).not.to.throw();
  });

  for (const [name, text] of Object.entries(HOSTILE)) {
    // Quadratic or exponential work would take minutes: mocha's limit tells.
    it(`gets through a megabyte of ${name}`, () => {
      expect(mask(text).text).to.be.a('string');
    }).timeout(20_000);
  }
});
