import { expect } from 'chai';
import { LOCALES, text } from '../../../locales/index.ts';
import { UPLOAD_REFUSALS } from '../../../src/domain/document.ts';
import { closingOf, words } from '../../../src/web/upload/texts.ts';
import { speak } from '../../../src/web/widget/texts.ts';

function outline(texts: object): unknown {
  return Object.entries(texts).map(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? `${key} ${[...value.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()}`
      : [key, outline(value as object)],
  );
}

describe('the words of the upload page', () => {
  afterEach(() => speak('zh-CN'));

  for (const wanted of LOCALES) {
    it(`in ${wanted} have the keys and places of the reference`, () => {
      const reference = outline(words());
      speak(wanted);
      expect(outline(words())).to.deep.equal(reference);
    });

    it(`in ${wanted} have the customer say what the bot understands`, () => {
      speak(wanted);
      expect(words().closed.TicketExpired.text).to.include(text(wanted, 'common.uploadAgain'));
      if (wanted === 'en') return;
      expect(words().warnedText)
        .to.include(text(wanted, 'upload.keep'))
        .and.include(text(wanted, 'upload.retake'));
    });

    it(`in ${wanted} promise nothing`, () => {
      speak(wanted);
      expect(JSON.stringify(words())).to.not.match(/保证|保證|一定|永久|马上|馬上|肯定|立即|\d{5}/);
    });
  }

  it('tell on a page of its own what no other file could change, and only that', () => {
    const told = UPLOAD_REFUSALS.filter((code) => closingOf(code) !== undefined);
    expect(told).to.have.members([
      'NoOpenSlot',
      'TicketUnknown',
      'TicketExpired',
      'SlotAlreadyFilled',
      'ConsentOutdated',
      'StorageUnavailable',
    ]);
    expect(closingOf(undefined)).to.equal(undefined);
  });
});
