import { expect } from 'chai';
import { LOCALES, type TextKey, text } from '../../../locales/index.ts';
import { locale, pageLocale, speak, texts } from '../../../src/web/widget/texts.ts';
import { timeText } from '../../../src/web/widget/time.ts';

function outline(words: object): unknown {
  return Object.entries(words).map(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? `${key} ${[...value.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()}`
      : [key, outline(value as object)],
  );
}

describe('the words of the widget', () => {
  afterEach(() => speak('zh-CN'));

  for (const wanted of LOCALES) {
    it(`in ${wanted} have the keys and places of the reference`, () => {
      const reference = outline(texts);
      speak(wanted);
      expect([locale, outline(texts)]).to.deep.equal([wanted, reference]);
    });

    it(`in ${wanted} answer the bot in words it offers itself`, () => {
      speak(wanted);
      const { keep, retakeText, continueText } = texts.upload;
      const offered = (key: TextKey) => text(wanted, key);
      expect([keep, retakeText, continueText]).to.deep.equal([
        offered('upload.keep'),
        offered('upload.retake'),
        offered('common.uploadAgain'),
      ]);
    });
  }

  it('stay in their language when another one is not known', () => {
    speak('en');
    speak('fr');
    expect(locale).to.equal('en');
  });

  it('are in the language that the page names, else in the first of the browser that is spoken', () => {
    expect(pageLocale('zh-HK', ['en-US'])).to.equal('zh-TW');
    expect(pageLocale(null, ['fr-FR', 'en-US', 'zh-CN'])).to.equal('en');
    expect(pageLocale('', ['fr'])).to.equal('zh-CN');
  });

  it('tell times as the language does', () => {
    const now = new Date(2026, 10, 23, 12);
    const told = (wanted: string) => {
      speak(wanted);
      return [0, 1, 3].map((days) => timeText(new Date(2026, 10, 23 - days, 9, 5).toISOString(), now));
    };
    expect(told('zh-TW')).to.deep.equal(['今天 09:05', '昨天 09:05', '11月20日 09:05']);
    expect(told('en')).to.deep.equal(['Today 09:05', 'Yesterday 09:05', 'November 20 09:05']);
  });
});
