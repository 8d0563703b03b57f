import { expect } from 'chai';
import { type Language, nextLanguage } from '../../src/bot/language.ts';
import type { Locale } from '../../src/domain/locale.ts';
import { simplify } from '../../src/understanding/normalise.ts';

function hear(text: string, before: Language | undefined, channel: Locale) {
  return nextLanguage(before, { words: { text, folded: simplify(text) }, channel });
}

/** The language after one message in a conversation that has spoken `from` so far. */
function localeAfter(
  text: string,
  from: Locale,
  by: Language['by'] = 'written',
  channel: Locale = 'zh-CN',
): Locale {
  return hear(text, { locale: from, by }, channel).language.locale;
}

const ASKED: [said: string, from: Locale, to: Locale][] = [
  ['说英文', 'zh-CN', 'en'],
  ['English please', 'zh-CN', 'en'],
  ['english', 'zh-TW', 'en'],
  ['In English, please', 'zh-CN', 'en'],
  ['Can you speak English?', 'zh-CN', 'en'],
  ['Could we talk in english', 'zh-CN', 'en'],
  ['switch to English', 'zh-TW', 'en'],
  ['切换成英文', 'zh-CN', 'en'],
  ['请用英语回答', 'zh-CN', 'en'],
  ['有英文客服吗', 'zh-CN', 'en'],
  ['可以說英文嗎?', 'zh-TW', 'en'],
  ["I don't understand Chinese", 'zh-CN', 'en'],
  ['我看不懂中文', 'zh-CN', 'en'],
  ['中文', 'en', 'zh-CN'],
  ['用中文', 'en', 'zh-CN'],
  ['说中文', 'en', 'zh-CN'],
  ['講中文', 'en', 'zh-TW'],
  ['講國語', 'en', 'zh-TW'],
  ['我看不懂，請用中文跟我說好嗎', 'en', 'zh-TW'],
  ['看不懂英文', 'en', 'zh-CN'],
  ['Chinese please', 'en', 'zh-CN'],
  ["can't read english", 'en', 'zh-CN'],
  ['用繁體中文', 'zh-CN', 'zh-TW'],
  ['繁體', 'zh-CN', 'zh-TW'],
  ['能换成繁体字吗', 'zh-CN', 'zh-TW'],
  ['Traditional Chinese please', 'en', 'zh-TW'],
  ['简体中文', 'zh-TW', 'zh-CN'],
  ['看不懂繁体', 'zh-TW', 'zh-CN'],
  ['simplified chinese', 'en', 'zh-CN'],
];

const FOLLOWED: [said: string, from: Locale, to: Locale][] = [
  ['My card cannot be unbound', 'zh-CN', 'en'],
  ['How do I remove this card?', 'zh-CN', 'en'],
  ["I don't know why it fails", 'zh-TW', 'en'],
  ['it says 账户异常, what should I do now', 'zh-CN', 'en'],
  ['解綁一直失敗怎麼辦', 'zh-CN', 'zh-TW'],
  ['我的信用卡沒辦法解除綁定', 'en', 'zh-TW'],
  ['點解解唔到', 'zh-CN', 'zh-TW'],
  ['解绑一直失败怎么办', 'zh-TW', 'zh-CN'],
  ['解绑一直失败怎么办', 'en', 'zh-CN'],
  ['我想取消', 'en', 'zh-CN'],
  ['我的账户被锁了, app 提示 system error', 'zh-TW', 'zh-CN'],
];

const STAYS: [said: string, from: Locale][] = [
  ['ok', 'zh-CN'],
  ['OK, thanks', 'zh-CN'],
  ['yes', 'zh-CN'],
  ['hello', 'zh-CN'],
  ['app', 'zh-CN'],
  ['E1024', 'zh-CN'],
  ['提示 E1024 system busy please try again later 怎么办', 'zh-CN'],
  ['Error code: RISK_LOCK', 'zh-CN'],
  ['提示“Your account is locked, what can I do”', 'zh-CN'],
  ['Operation failed. Please try again later.', 'zh-CN'],
  ['China Merchants Bank', 'zh-CN'],
  ['CMB', 'zh-CN'],
  ['我想解绑 Citibank 的卡', 'zh-CN'],
  ['Netflix', 'zh-CN'],
  ['1234', 'zh-CN'],
  ['52.10', 'zh-CN'],
  ['https://example.com/my-card/how-to-help-me', 'zh-CN'],
  ['台灣銀行', 'zh-CN'],
  ['提示「帳戶異常」', 'zh-CN'],
  ['我想解', 'zh-TW'],
  ['好', 'zh-TW'],
  ['〔卡号已隐藏〕', 'zh-TW'],
  ['招商银行', 'zh-TW'],
  ['招商银行', 'en'],
  ['the message is "您的账户存在异常"', 'en'],
  ['JB20261123000001', 'en'],
  ['好', 'en'],
  ['Ending in 1234', 'en'],
  ['我的英文名字和护照不一致', 'zh-CN'],
  ['收到一条英文短信', 'zh-CN'],
  ['app 能换成英文吗', 'zh-CN'],
  ['The name on my card is in English', 'en'],
  ['👍', 'zh-TW'],
  ['', 'zh-TW'],
];

describe('the language of a conversation', () => {
  for (const [said, from, to] of ASKED) {
    it(`is ${to} from 「${said}」 on, asked for in ${from}`, () => {
      const { language, asked } = hear(said, { locale: from, by: 'written' }, 'zh-CN');
      expect(language).to.deep.equal({ locale: to, by: 'asked' });
      expect(asked?.only).to.equal(true);
    });
  }

  for (const [said, from, to] of FOLLOWED) {
    it(`follows 「${said}」 from ${from} to ${to}`, () => {
      const { language, asked } = hear(said, { locale: from, by: 'written' }, 'zh-CN');
      expect([language.locale, asked]).to.deep.equal([to, undefined]);
    });
  }

  for (const [said, from] of STAYS) {
    it(`stays ${from} at 「${said}」`, () => expect(localeAfter(said, from)).to.equal(from));
  }

  it('begins as the channel has it, and goes with the channel until somebody has shown another', () => {
    expect(nextLanguage(undefined, { channel: 'en' }).language.locale).to.equal('en');
    expect(localeAfter('1234', 'zh-CN', 'channel', 'en')).to.equal('en');
    expect(localeAfter('1234', 'zh-CN', 'written', 'en')).to.equal('zh-CN');
  });

  it('is not changed by events', () => {
    const before: Language = { locale: 'en', by: 'channel' };
    expect(nextLanguage(before, { channel: 'zh-CN' }).language).to.equal(before);
  });

  it('that was asked for stays, whatever is written afterwards', () => {
    expect(localeAfter('解绑一直失败怎么办', 'en', 'asked')).to.equal('en');
    expect(localeAfter('说中文', 'en', 'asked')).to.equal('zh-CN');
  });

  it('changes at the second message that shows it, when the first was not clear', () => {
    const first = hear('unbind my card', { locale: 'zh-CN', by: 'channel' }, 'zh-CN').language;
    expect(first.locale).to.equal('en');
    const vague = hear('closed by the bank', { locale: 'zh-CN', by: 'channel' }, 'zh-CN').language;
    expect(vague).to.deep.equal({ locale: 'zh-CN', by: 'channel', hint: 'en' });
    expect(hear('1234', vague, 'zh-CN').language.locale).to.equal('zh-CN');
    expect(hear('it is the old card', vague, 'zh-CN').language).to.deep.equal({
      locale: 'en',
      by: 'written',
    });
    const back = hear('就是那张卡', vague, 'zh-CN').language;
    expect(back).to.deep.equal({ locale: 'zh-CN', by: 'channel' });
  });

  it('in shared characters is the Chinese of the channel', () => {
    expect(localeAfter('我想取消', 'en', 'written', 'zh-TW')).to.equal('zh-TW');
  });

  it('asked for among other words leaves those to be answered', () => {
    const text = '请说英文,另外我的卡一直解绑失败,提示账户存在异常是怎么回事';
    const { language, asked } = hear(text, undefined, 'zh-CN');
    expect([language.locale, asked?.only]).to.deep.equal(['en', false]);
  });

  it('survives a memory that is none', () => {
    const stored = { locale: 'xx', by: 'asked' } as unknown as Language;
    expect(hear('1234', stored, 'zh-TW').language.locale).to.equal('zh-TW');
  });
});
