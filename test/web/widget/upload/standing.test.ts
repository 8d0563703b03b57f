import { expect } from 'chai';
import { isBotMessage, standingOf } from '../../../../src/web/widget/upload/standing.ts';
import { activity, botSays, uploadCard } from '../../support/activity.ts';

describe('standing of an upload card', () => {
  it('is open while it is the last thing the bot said', () => {
    const card = uploadCard();
    expect(standingOf(card, [botSays(), card])).to.equal('open');
  });

  it('stays open when the customer or a person at the desk speaks', () => {
    const card = uploadCard();
    const customer = activity({ text: '等一下', from: { role: 'user' } });
    const person = activity({ text: '不急', from: { role: 'bot', name: '小林' } });
    expect(standingOf(card, [card, customer, person])).to.equal('open');
  });

  it('stays open when the same turn says more', () => {
    const card = uploadCard({}, { timestamp: '2026-11-22T10:00:00.000Z', replyToId: 'c|0' });
    const more = botSays({ timestamp: '2026-11-22T10:00:00.002Z', replyToId: 'c|0' });
    expect(standingOf(card, [card, more])).to.equal('open');
  });

  it('is done once the bot asks for the next document of the case', () => {
    const card = uploadCard();
    expect(standingOf(card, [card, botSays(), uploadCard({ slot: 'id-back' })])).to.equal('done');
  });

  it('is done once the case has been submitted', () => {
    const card = uploadCard();
    const submitted = botSays({ channelData: { key: 'risk-lock.submitted', caseId: 'JB20261122000001' } });
    expect(standingOf(card, [card, submitted])).to.equal('done');
  });

  it('has moved when the same document is asked for again', () => {
    const card = uploadCard();
    expect(standingOf(card, [card, uploadCard()])).to.equal('moved');
  });

  it('has passed when the bot went on to something else', () => {
    const card = uploadCard();
    expect(standingOf(card, [card, botSays()])).to.equal('passed');
    expect(standingOf(card, [card, uploadCard({ draftId: 'draft-2' })])).to.equal('passed');
  });

  it('tells the bot from a person by the key of its text', () => {
    expect(
      isBotMessage(activity({ from: { role: 'bot', name: '解绑助手' }, channelData: { key: 'a.b' } })),
    ).to.equal(true);
    expect(isBotMessage(activity({ from: { role: 'bot', name: '小林' } }))).to.equal(false);
  });
});
