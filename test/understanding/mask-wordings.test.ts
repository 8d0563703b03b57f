import { expect } from 'chai';
import type { SensitiveKind } from '../../src/domain/intent.ts';
import { mask } from '../../src/understanding/mask.ts';

/** As customers write it: what of it must be gone, and what it is. */
const SECRET: [text: string, secret: string, kind: SensitiveKind][] = [
  ['它要安全码我输了 638', '638', 'cvv'],
  ['支付密码我输的是 Kk20@mm', 'Kk20@mm', 'password'],
  ['验证码刚收到 是 4 8 2 9 1 0', '4 8 2 9 1 0', 'smsCode'],
  ['CVV three digits 638', '638', 'cvv'],
  ['CVV的三位数字我填的638', '638', 'cvv'],
  ['背面三位数638', '638', 'cvv'],
  ['卡背后那三个数字是638', '638', 'cvv'],
  ['安全碼輸咗638', '638', 'cvv'],
  ['安全碼係 638 啱唔啱', '638', 'cvv'],
  ['security code is 638', '638', 'cvv'],
  ['the security code on the back 638', '638', 'cvv'],
  ['my cvc: 638', '638', 'cvv'],
  ['638是我的安全码', '638', 'cvv'],
  ['638 is my cvv', '638', 'cvv'],
  ['安全码六三八', '六三八', 'cvv'],
  ['cvv６３８', '６３８', 'cvv'],
  ['cvv 6 3 8', '6 3 8', 'cvv'],
  ['c v v 638', '638', 'cvv'],
  ['CVN2 就是 638 吧', '638', 'cvv'],
  ['卡背面签名栏后三位 638', '638', 'cvv'],
  ['末三碼638', '638', 'cvv'],
  ['后面三个数638', '638', 'cvv'],
  ['背面數字是638', '638', 'cvv'],
  ['我安全码写错了吗 638', '638', 'cvv'],
  ['我收到验证码了是482910', '482910', 'smsCode'],
  ['短信验证码我输入了482910还是不行', '482910', 'smsCode'],
  ['刚才短信说482910', '482910', 'smsCode'],
  ['验证码四八二九幺零', '四八二九幺零', 'smsCode'],
  ['验证码 肆捌贰玖壹零', '肆捌贰玖壹零', 'smsCode'],
  ['验证码４８２９１０', '４８２９１０', 'smsCode'],
  ['验证码482-910', '482-910', 'smsCode'],
  ['验证码 48 29 10', '48 29 10', 'smsCode'],
  ['the verification code is 482910', '482910', 'smsCode'],
  ['my code is 482910', '482910', 'smsCode'],
  ['code: 482910', '482910', 'smsCode'],
  ['OTP 482910', '482910', 'smsCode'],
  ['I got the otp but when i enter 482910 it fails', '482910', 'smsCode'],
  ['yzm482910', '482910', 'smsCode'],
  ['验证码\u200b是\u200b4\u200b8\u200b2910', '482', 'smsCode'],
  ['驗證碼收到咗 482910', '482910', 'smsCode'],
  ['簡訊驗證碼 482910 輸入後沒反應', '482910', 'smsCode'],
  ['校驗碼482910', '482910', 'smsCode'],
  ['动态口令 482910', '482910', 'smsCode'],
  ['482910 这个验证码过期了', '482910', 'smsCode'],
  ['收到的验证码:「482910」', '482910', 'smsCode'],
  ['【卡盟金服】482910(短信验证码),请勿泄露', '482910', 'smsCode'],
  ['【卡盟金服】您的验证码482910,请勿告诉他人', '482910', 'smsCode'],
  ['验证码发你 4829', '4829', 'smsCode'],
  ['验证码给你吧,482910', '482910', 'smsCode'],
  ['6位码482910', '482910', 'smsCode'],
  ['短信里的数字是 482910', '482910', 'smsCode'],
  ['输验证码 一直提示 482910 不对', '482910', 'smsCode'],
  ['4️⃣8️⃣2️⃣9️⃣1️⃣0️⃣是验证码', '4️⃣8️⃣2', 'smsCode'],
  ['one-time password 482910', '482910', 'smsCode'],
  ['passcode from sms 482910', '482910', 'smsCode'],
  ['交易密码 864209', '864209', 'password'],
  ['密码改成了Abc12345', 'Abc12345', 'password'],
  ['登錄密碼係Abc12345', 'Abc12345', 'password'],
  ['我密码 Abc12345 登不上', 'Abc12345', 'password'],
  ['password is hunter2', 'hunter2', 'password'],
  ['my password: sunshine', 'sunshine', 'password'],
  ['支付密码六个八 888888', '888888', 'password'],
  ['支付密码忘了好像是 135790', '135790', 'password'],
  ['密码我用的老密码 Kk20@mm', 'Kk20@mm', 'password'],
  ['PIN is 8642', '8642', 'password'],
  ['my pin 8642', '8642', 'password'],
  ['查询密码123789不对', '123789', 'password'],
  ['Kk20@mm 是我的支付密码', 'Kk20@mm', 'password'],
  ['密码:1357', '1357', 'password'],
  ['提现密码应该是 Wang@1990', 'Wang@1990', 'password'],
  ['密码就是我名字加生日 lilei1990', 'lilei1990', 'password'],
  ['I typed my password Kk20@mm twice', 'Kk20@mm', 'password'],
  ['取款密码一三五七九零', '一三五七九零', 'password'],
  ['有效期我填的08/30', '08/30', 'expiry'],
  ['有效期写的是 2030年8月', '2030年8月', 'expiry'],
  ['valid thru 08/30', '08/30', 'expiry'],
  ['expires 08/30', '08/30', 'expiry'],
  ['有效期限 08-30', '08-30', 'expiry'],
  ['有效期0830', '0830', 'expiry'],
  ['card expiry date is 08/2030', '08/2030', 'expiry'],
  ['6222 0212 3456 7894 08/30', '08/30', 'expiry'],
  ['6222021234567894 0830 638', '638', 'cvv'],
  ['6222021234567894 0830', '0830', 'expiry'],
  ['6222021234567894 638', '638', 'cvv'],
  ['6222,0212,3456,7894', '6222,0212', 'pan'],
  ['6222,0212,3456,7894', '6222', 'pan'],
  ['6222\n0212\n3456\n7894', '0212', 'pan'],
  ['6222、0212、3456、7894', '0212', 'pan'],
  ['6222/0212/3456/7894', '0212', 'pan'],
  ['6222*0212*3456*7894', '0212', 'pan'],
  ['6,2,2,2,0,2,1,2,3,4,5,6,7,8,9,4', '6,2,2', 'pan'],
  ['六二二二 零二一二 三四五六 七八九四', '零二一二', 'pan'],
  ['陆贰贰贰零贰壹贰叁肆伍陆柒捌玖肆', '陆贰贰', 'pan'],
  ['陸貳貳貳零貳壹貳參肆伍陸柒捌玖肆', '陸貳', 'pan'],
  ['六两两两零两幺两三四五六七八九四', '六两', 'pan'],
  ['6222零2一2三456七894', '6222零2', 'pan'],
  [
    '6\u200b2\u200b2\u200b2\u200b0\u200b2\u200b1\u200b2\u200b3\u200b4\u200b5\u200b6\u200b7\u200b8\u200b9\u200b4',
    '6\u200b2',
    'pan',
  ],
  ['6222\u200b\u200b\u200b\u200b\u200b0212\u200b3456\u200b7894', '0212', 'pan'],
  ['𝟔𝟐𝟐𝟐𝟎𝟐𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟒', '𝟔𝟐', 'pan'],
  ['６２２２－０２１２－３４５６－７８９４', '０２１２', 'pan'],
  ['6222 0212  3456   7894', '0212', 'pan'],
  ['卡号是6222021234567894。', '622202', 'pan'],
  ['card 4111 1111 1111 1111 exp 08/30 cvv 638', '638', 'cvv'],
  ['+8613800138000', '0013', 'phone'],
  ['0086 13800138000', '0013', 'phone'],
  ['(+86)13800138000', '0013', 'phone'],
  ['86 138 0013 8000', '0013', 'phone'],
  ['+86 138-0013-8000', '0013', 'phone'],
  ['一三八 零零一三 八零零零', '零零一三', 'phone'],
  ['138.0013.8000', '0013', 'phone'],
  ['138，0013，8000', '0013', 'phone'],
  ['1 3 8 0 0 1 3 8 0 0 0', '0 0 1', 'phone'],
  ['手机号幺三八零零幺三八零零零', '零零幺三', 'phone'],
  ['110105 19491231 002X', '19491231', 'idNumber'],
  ['1101 0519 4912 3100 2X', '0519', 'idNumber'],
  ['身份证一一零一零五一九四九一二三一零零二X', '一九四九', 'idNumber'],
  ['１１０１０５１９４９１２３１００２Ｘ', '１９４９', 'idNumber'],
  ['11010519491231002x', '19491231', 'idNumber'],
  ['110105-19491231-002X', '19491231', 'idNumber'],
];

/** Near a secret's name, or as long as one, and none. */
const NOT_SECRET = [
  '验证码收不到 95588 发的',
  '验证码发到尾号8000的手机了',
  '我把验证码给他后扣了 3200',
  '密码忘了,尾号1234',
  '密码改了之后 iPhone15 还是不行',
  '密码错误 E1024',
  '密码错误 ERR1024',
  'password is wrong',
  'password is not working',
  'my password was reset yesterday',
  '安全码在哪看 订单号 12345678',
  '我的有效期过了,2026-11换的新卡',
  'order code 20261122',
  'error code 1024',
  'code 1024 error',
  '提示码 E1024 验证码错误',
  '卡片到期了 11/22 去换的',
  '验证码错了3次 锁了24小时',
  '支付密码输错5次锁了',
  '密码锁定 2 小时',
  'pin wrong 3 times',
  '尾号 1234 金额 100000',
  '分期6期 金额123456元',
  '订单 622202123456 没结算',
  '案件JB20261104000912',
  '提现 123456 元',
  '2026/11/22 10:30',
  '我1998年开的卡',
  'shopping: Taobao99',
  'spinning: abcd12',
  '验证码 10690012345678 发来的是你们吗',
  '验证码要 5 分钟',
  '安全码是什么 为什么要填',
  'cvv要填吗',
  '扣款 2026-10-31 12,345.67',
  '工号 100234',
  '客服电话 95588',
  '手机尾号8000收不到验证码',
  '流水号12345678901234',
  '验证码一直不来 等了1000多秒',
  'I never got the code, card ending 1234',
  '邮编 100000',
  '查询码 JB20261104000912',
  '余额 888888',
  '还剩 123456.78',
  '6期',
  '10月31号扣了298',
  '订单号:4200 0012 3420 2611',
  '商户单号 1000050001202611221234567890',
  '密码从来没设过 尾号0042',
  'my verification code never arrives, order 12345678',
  '有效期是2026年11月20日到期的优惠',
  '活动有效期 11/30',
  '有效期内',
  '解绑编号 0012',
  '单号 SF1234567890123',
  'W20261120000987654321',
  '申请号 20261118145500123456',
];

const CARD = '6222021234567894';
const NUMERALS = '零一二三四五六七八九';
const FORMAL = '零壹贰叁肆伍陆柒捌玖';
const numerals = (digits: string, of = NUMERALS) => digits.replace(/\d/g, (digit) => of[Number(digit)] ?? '');

/** How people write one and the same number. */
const WRITINGS: Record<string, (digits: string) => string> = {
  plainly: (digits) => digits,
  'in fours': (digits) => digits.replace(/\d{4}(?=\d)/g, '$& '),
  'in fours with dashes': (digits) => digits.replace(/\d{4}(?=\d)/g, '$&-'),
  'in fours with dots': (digits) => digits.replace(/\d{4}(?=\d)/g, '$&.'),
  'in fours with commas': (digits) => digits.replace(/\d{4}(?=\d)/g, '$&，'),
  'in lines': (digits) => digits.replace(/\d{4}(?=\d)/g, '$&\n'),
  'in full width': (digits) => digits.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
  'in numerals': (digits) => numerals(digits),
  'in formal numerals': (digits) => numerals(digits, FORMAL),
  'in mixed scripts': (digits) =>
    digits.replace(/\d\d(?=\d)/g, (pair) => `${pair[0]}${numerals(pair[1] ?? '')}`),
  'with invisible characters': (digits) => [...digits].join('\u200b\u2060'),
  'as keycaps': (digits) => [...digits].map((digit) => `${digit}\ufe0f\u20e3`).join(''),
  'in bold': (digits) => [...digits].map((d) => String.fromCodePoint(0x1d7ce + Number(d))).join(''),
};

describe('mask, by wording', () => {
  for (const [text, secret, kind] of SECRET) {
    it(`hides the ${kind} in ${JSON.stringify(text)}`, () => {
      const masked = mask(text);
      expect(masked.text).not.to.include(secret);
      expect(masked.sensitive).to.include(kind);
      expect(mask(masked.text).text, 'masked again').to.equal(masked.text);
    });
  }
  for (const text of NOT_SECRET) {
    it(`leaves ${JSON.stringify(text)} alone`, () => {
      expect(mask(text)).to.deep.equal({ text, sensitive: [] });
    });
  }
  for (const [how, written] of Object.entries(WRITINGS)) {
    it(`hides a card number written ${how}`, () => {
      expect(mask(`我的卡 ${written(CARD)} 解绑不了`)).to.deep.equal({
        text: '我的卡 ****7894 解绑不了',
        sensitive: ['pan'],
      });
    });
    it(`hides a code written ${how} after its name`, () => {
      const masked = mask(`验证码我收到的是 ${written('48291035')}`);
      expect(masked.sensitive).to.deep.equal(['smsCode']);
      expect(masked.text).to.match(/^验证码我收到的是 〔验证码已隐藏〕$/);
    });
  }
});
