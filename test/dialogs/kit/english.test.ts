import { expect } from 'chai';
import { kindsIn } from '../../../dialogs/autopay/readings.ts';
import { statusIn } from '../../../dialogs/card-status/status.ts';
import { takesBack } from '../../../dialogs/complaint/readings.ts';
import { ENTRY, PAGE as REVOKE_PAGE } from '../../../dialogs/cooling-off/readings.ts';
import { bankReading } from '../../../dialogs/fraud/readings.ts';
import { mismatchIn } from '../../../dialogs/identity-mismatch/kinds.ts';
import { choiceOf } from '../../../dialogs/kit/choice.ts';
import { type Spoken, spokenOf } from '../../../dialogs/kit/spoken.ts';
import { placeOf } from '../../../dialogs/kit/words.ts';
import { matterIn } from '../../../dialogs/official-channel/readings.ts';
import { PAGE } from '../../../dialogs/progress/readings.ts';
import {
  AGREEMENT_ANSWERS,
  HANDLED_ANSWERS,
  LIST_ANSWERS,
  PRECHECK_ANSWERS,
  STEP_ANSWERS,
} from '../../../dialogs/unbind-guide/readings.ts';
import { troubleIn } from '../../../dialogs/verification/methods.ts';
import { simplify } from '../../../src/understanding/normalise.ts';

const ANSWERS: [question: string, spoken: Spoken, said: string, value: string | undefined][] = [
  ['precheck', PRECHECK_ANSWERS, "I'm not sure", 'unsure'],
  ['precheck', PRECHECK_ANSWERS, 'Everything is fine', 'good'],
  ['precheck', PRECHECK_ANSWERS, 'can you check for me', 'look'],
  ['agreements', AGREEMENT_ANSWERS, 'No, nothing', 'none'],
  ['agreements', AGREEMENT_ANSWERS, 'I have a Netflix subscription', 'some'],
  ['agreements', AGREEMENT_ANSWERS, "it's another card", 'other-card'],
  ['handled', HANDLED_ANSWERS, 'All done', 'handled'],
  ['handled', HANDLED_ANSWERS, "I'll do that tomorrow", 'later'],
  ['handled', HANDLED_ANSWERS, 'not done yet', 'later'],
  ['step', STEP_ANSWERS, 'ok what now', 'next'],
  ['step', STEP_ANSWERS, "I can't find it", 'stuck'],
  ['step', STEP_ANSWERS, 'go back please', 'back'],
  ['list', LIST_ANSWERS, "It's gone", 'shown'],
  ['list', LIST_ANSWERS, 'the card is still there', 'not-yet'],
  ['page', PAGE, 'It says processing', 'pending'],
  ['page', PAGE, 'The card disappeared', 'gone'],
  ['page', PAGE, "I don't know", 'unclear'],
  ['entry', ENTRY, "I don't see a button", 'no-entry'],
  ['entry', ENTRY, "it's undone now", 'revoked'],
  ['revocable page', REVOKE_PAGE, 'unbound already', 'completed'],
  ['list', LIST_ANSWERS, 'what a nice day', undefined],
];

describe('answers in English', () => {
  for (const [question, spoken, said, value] of ANSWERS) {
    it(`「${said}」 to ${question} is ${value}`, () =>
      expect(spokenOf(simplify(said), spoken)).to.equal(value));
  }

  const places: [string, number | undefined][] = [
    ['the first one', 1],
    ['First', 1],
    ['second', 2],
    ['the third option, please', 3],
    ['option 2', 2],
    ['number two', 2],
    ['2nd', 2],
    ['I want the second one', 2],
    ['one moment', undefined],
    ['a second opinion', undefined],
  ];
  for (const [said, place] of places) {
    it(`「${said}」 is ${place ?? 'no place'}`, () => expect(placeOf(said)).to.equal(place));
  }

  const cards = [
    { value: 'cmb', words: 'China Merchants Bank ending 1234' },
    { value: 'ccb', words: 'China Construction Bank ending 5678' },
    { value: 'none', words: 'None of these' },
    { value: 'person', words: 'Talk to a person' },
    { value: 'unsure', words: "I don't know" },
  ];
  const chosen: [string, string | undefined][] = [
    ['ending in 5678', 'ccb'],
    ['Construction Bank', 'ccb'],
    ['the last one', 'unsure'],
    ['a person', 'person'],
    ['I want to talk to a person now', 'person'],
    ['china', undefined],
    ['no', undefined],
    ['I', undefined],
    ['do not talk to a person', undefined],
  ];
  for (const [said, value] of chosen) {
    it(`「${said}」 chooses ${value ?? 'nothing'}`, () => expect(choiceOf(said, cards)).to.equal(value));
  }

  it('opening words name the matter', () => {
    expect(statusIn('i lost my card')).to.equal('lost');
    expect(statusIn('my card is not lost, it is frozen')).to.equal('frozen');
    expect(mismatchIn('my id card has expired')).to.equal('info-expired');
    expect(mismatchIn('it is my wifes card')).to.equal('not-holder');
    expect(kindsIn('netflix membership and my water bill')).to.deep.equal(['membership', 'bills']);
    expect(matterIn('someone called me and wants the verification code')).to.equal('contact');
    expect(troubleIn('i dont get the text message').method).to.equal('sms');
    expect(troubleIn('face scan fails').method).to.equal('face');
    expect(takesBack('please withdraw my complaint')).to.equal(true);
  });

  it('how the bank stands is heard from who was defrauded', () => {
    const kindOf = (said: string) => bankReading(simplify(said)).kind;
    expect(kindOf('It is frozen')).to.equal('frozen');
    expect(kindOf('not frozen yet')).to.equal('not-yet');
    expect(kindOf("I can't get through, the line is busy")).to.equal('busy');
    expect(kindOf('how do I freeze it')).to.equal('asks');
    expect(kindOf('false alarm, it was me')).to.equal('false-alarm');
    expect(kindOf('the bank asked me to wait for them')).to.equal('told');
    const story = 'A man called me at noon and said my account was at risk, then he made me send money';
    expect(kindOf(story)).to.equal('told');
  });
});
