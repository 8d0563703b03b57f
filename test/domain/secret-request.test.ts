import { expect } from 'chai';
import { type AskedSecret, asksForSecret, asksForSecretAfter } from '../../src/domain/secret-request.ts';

const ASKING: Record<AskedSecret, string[]> = {
  password: [
    '请提供一下您的支付密码',
    '麻烦把登录密码发给我，我帮您操作',
    '您的银行卡密码是多少？',
    '密码发我一下',
    '方便告诉我您的查询密码吗',
    '请在这里输入您的交易密码',
    '我需要您的取款密码核实身份',
    '您好，密码报一下',
    '输入密码到这个对话框',
    '请 您 提 供 密 码',
    '請提供您的支付密碼',
    '請將登入密碼告訴我',
    '您的密碼是什麼？',
    '麻煩您把提款密碼傳給我',
    'Please tell me your password.',
    'What is your PIN?',
    'Could you send me your login password?',
    'I will need your online banking password to continue.',
    'Please type your password here so I can check.',
    'Can I have your pin number please',
    'Kindly share your passwd with me',
  ],
  code: [
    '请把收到的验证码发给我',
    '验证码是多少',
    '短信验证码告诉我一下',
    '您收到的验证码，麻烦报一下',
    '把手机上的6位数字码念给我听',
    '收到短信后请回复验证码',
    '验证码呢？',
    '请提供动态码',
    '刚才短信里的数字发我',
    '验证码截图给我看看',
    '别担心，请把验证码发给我',
    '為了核實身份，請提供驗證碼',
    '請將簡訊驗證碼告訴我',
    '驗證碼是多少？',
    '您收到的驗證碼發過來一下',
    'Please send me the verification code.',
    'What is the code you received?',
    'Can you give me the OTP?',
    'Reply with the 6-digit code, please.',
    'Tell me the one-time code once you get it',
    'Could you read the SMS code to me?',
    'Please share the confirmation code',
    'Please forward the text code to us',
  ],
  cvv: [
    '请提供卡背面的三位数',
    '请问CVV是多少？',
    '把安全码发我',
    'cvv2是几',
    '把后面三位告诉我',
    '卡片背面后三位告诉我一下',
    '需要您报一下CVV2',
    '请把签名栏后三位发过来',
    'ＣＶＶ麻烦发一下',
    '麻煩提供信用卡安全碼',
    '卡背面後三位是多少？',
    'What is the CVV on your card?',
    'Please provide the security code.',
    'Can you give me the three digits on the back of the card?',
    'I need the CVC to verify the card.',
    'Could you tell me the last three digits on the back?',
  ],
  'card-number': [
    '请提供完整卡号',
    '麻烦把银行卡号发给我',
    '您的卡号是多少？',
    '请输入您的完整卡号',
    '请报一下16位卡号',
    '请把信用卡卡号写在对话框里',
    '把卡面上的数字发我一下',
    '卡号全部数字告诉我',
    '不要只发后四位，请发完整卡号给我',
    '請提供完整卡號',
    '麻煩將信用卡卡號傳給我',
    'Please send me your full card number.',
    'What is your card number?',
    'Could you provide the 16-digit number?',
    'Can I have the long number on the front of the card?',
    'I need the complete card number, not just the last four.',
    'Please type the card number here.',
  ],
  expiry: [
    '请提供卡片有效期',
    '有效期是多少',
    '把卡的有效期发我',
    '請告訴我卡片有效期',
    'What is the expiry date?',
    'Please send me the expiration date.',
    'Can you give me the exp date of the card?',
  ],
};

const HARMLESS = [
  '您好，客服 A12 为您服务',
  '请不要把密码告诉任何人',
  '我们不会向您索要密码、验证码和CVV',
  '验证码收不到的话，可以过一分钟再试',
  '请在APP里输入验证码完成验证',
  '忘记支付密码可以在「账户安全」里重置',
  '请提供卡号后四位',
  '您的卡尾号是多少？',
  '麻烦发一下订单号',
  '如果有人向您要验证码，请不要给，那是诈骗',
  '验证码请勿透露给他人',
  '密码输错三次会锁定，24小时后自动解锁',
  '您是要修改登录密码吗？',
  '请打开银行APP，输入支付密码确认',
  '信用卡过期了需要换新卡，再来解绑',
  '请上传身份证正面照片，遮住不需要的内容',
  '拍新卡时请遮住安全码和有效期',
  '您的案件编号是 JB20261123000017',
  '请问您的卡是哪家银行的？',
  '我这边帮您查一下进度，请稍等',
  '短信验证码发送失败，是页面上提示的吗？',
  '您可以在网点柜台重置密码',
  '请把页面上的提示截图发给我',
  '请把报错代码发给我',
  '请告诉我扣款的金额和日期',
  '不用提供完整卡号，尾号就可以',
  '客服不会索要您的密码',
  '切勿将验证码告诉自称客服的人',
  '验证码有效时间是 5 分钟',
  '请问您设置过支付密码吗？',
  '您点击获取验证码后有什么提示？',
  '请您本人在手机银行里输入密码，不要发给我',
  '您的密码不用告诉我',
  '密码请自己保管好',
  '请提供您的联系方式后四位',
  '谢谢您的反馈，已经记录下来了',
  '需要您提供注销证明的照片',
  '好的，麻烦您发一下截图',
  '请问方便说一下是什么时候扣的款吗？',
  '您的卡已经解绑成功',
  '請勿將密碼告訴任何人',
  '我們不會向您索取驗證碼',
  '請在官方APP內輸入驗證碼',
  '忘記密碼可以在設定裡重設',
  '請提供卡號末四碼以外的資料即可：訂單編號',
  '請問您的卡片是哪一家銀行發行的？',
  '驗證碼收不到嗎？請稍等一分鐘再試',
  '請不要在這裡輸入密碼',
  '任何人向您要驗證碼都是詐騙',
  '您的案件已經送出，請留意通知',
  '信用卡尾號是 6789 嗎？',
  '麻煩您上傳身分證正面',
  'Hello, this is agent A12.',
  'Please do not share your password with anyone.',
  'We will never ask for your CVV or PIN.',
  'Did the verification code arrive?',
  'Enter the code in the app to finish.',
  'You can reset your password in the settings.',
  'What are the last four digits of your card?',
  'Please send me the order number.',
  'If someone asks you for a code, it is a scam.',
  'Your password is locked after three wrong tries.',
  'Have you changed your password recently?',
  'Please open the bank app and confirm with your PIN.',
  'Your card has expired; the bank sends a new one.',
  'Please upload a photo of your ID card.',
  'Cover the security code before you take the photo, please do not show it.',
  'Your case number is JB20261123000017.',
  'Which bank issued the card?',
  'Let me check the status for you.',
  'Could you send a screenshot of the error message?',
  'Please tell me the error code.',
  'No need to give the full card number, the last four digits are enough.',
  'I do not need your password.',
  'Keep your password safe.',
  'The code is valid for five minutes.',
  'How much were you charged, and when?',
  'Can you tell me what the page says?',
  'Thank you, I have noted it.',
  'Please request a new code in the app.',
  '验证码已经发到您手机',
  'What does the page say after you enter the code?',
  'I have sent you a new verification code.',
  '输完验证码后页面显示什么？',
  '请先在APP设置密码，设置好后告诉我一声',
];

/** Spelled so that a rule that looks for the words does not see them. */
const DISGUISED: [string, AskedSecret][] = [
  ['验\u2063证\u200b码发我', 'code'],
  ['验\ufe0f证\u180e码发给我', 'code'],
  ['验\u202e证码发给我', 'code'],
  ['验、证、码发我', 'code'],
  ['验/证|码 发给我', 'code'],
  ['验（证）码发给我', 'code'],
  ['驗証碼發我', 'code'],
  ['验正码发我', 'code'],
  ['yan zheng ma 发我', 'code'],
  ['请把YZM告诉我', 'code'],
  ['短信里的六位数报一下', 'code'],
  ['手机收到的数字念给我', 'code'],
  ['把那6个数字发我', 'code'],
  ['send me the o t p', 'code'],
  ['0tp please', 'code'],
  ['您的mima是多少', 'password'],
  ['p a s s w o r d please send', 'password'],
  ['send me your p@$$w0rd', 'password'],
  ['рassword please', 'password'],
  ['ＣＶＶ发我一下', 'cvv'],
  ['С-V-V 发我', 'cvv'],
  ['𝐜𝐯𝐯 please', 'cvv'],
  ['ka hao 全部发我', 'card-number'],
];

const IN_PARTS: [string[], string, AskedSecret][] = [
  [['请把验证'], '码发我', 'code'],
  [['您收到验证码了吗', '请把验', '证'], '码发我', 'code'],
  [['验证码'], '发我一下', 'code'],
  [['请发我一下'], '验证码', 'code'],
  [['please send me the pass'], 'word', 'password'],
  [['您的cv'], 'v是多少', 'cvv'],
];
const APART: [string[], string][] = [
  [['您的验证码是银行发的'], '麻烦您把卡号后四位发我'],
  [['密码'], '请在官方APP里重置'],
  [['请把订单号发我'], '不要发验证码'],
  [['收不到验证码的话可以重新获取'], '请把订单号发我'],
  [['密码错误'], '请告诉我报错的提示'],
  [['请发我一下'], '订单号'],
  [[], '您好'],
];

describe('asking for a secret', () => {
  for (const [secret, sentences] of Object.entries(ASKING))
    for (const sentence of sentences)
      it(`is found: ${sentence}`, () => expect(asksForSecret(sentence)).to.equal(secret));

  for (const sentence of HARMLESS)
    it(`is not seen in: ${sentence}`, () => expect(asksForSecret(sentence)).to.equal(undefined));

  for (const [sentence, secret] of DISGUISED)
    it(`is found however it is spelled: ${JSON.stringify(sentence)}`, () =>
      expect(asksForSecret(sentence)).to.equal(secret));

  for (const [before, text, secret] of IN_PARTS)
    it(`is found in parts: ${[...before, text].join(' | ')}`, () => {
      expect(asksForSecretAfter(before, text)).to.equal(secret);
      expect(asksForSecret(text)).to.equal(undefined);
    });

  for (const [before, text] of APART)
    it(`is not seen in parts: ${[...before, text].join(' | ')}`, () =>
      expect(asksForSecretAfter(before, text)).to.equal(undefined));

  it('takes no time for long texts', () => {
    const begun = process.cpuUsage().user;
    for (const piece of ['验', '验、', 'a ', 'a.', '@', '发给', '密码', ' ', '请', '到', 'o0', '(', '银行'])
      asksForSecret(piece.repeat(4000 / piece.length));
    expect(process.cpuUsage().user - begun).to.be.below(2_000_000);
  });

  it('has been tried with at least eighty sentences of each kind', () => {
    expect(Object.values(ASKING).flat().length).to.be.at.least(80);
    expect(HARMLESS.length).to.be.at.least(80);
  });
});
