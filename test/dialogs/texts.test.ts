import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { fromRoot } from '../../src/root.ts';

const FOLDER = fromRoot('locales', 'zh-CN');

interface Text {
  key: string;
  text: string;
}

function readTexts(): Text[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) => {
    const texts: Record<string, string> = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
    return Object.entries(texts).map(([key, text]) => ({ key: `${file.replace('.json', '')}.${key}`, text }));
  });
}

function readSources(...folders: string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' }).map((f) => fromRoot(folder, f)),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

/** Keys put together in code: the part before the `${…}` of a template. */
function prefixesIn(sources: string): string[] {
  return [...sources.matchAll(/`([a-z][a-z-]*\.[A-Za-z-]*)\$\{/g)].map((match) => match[1] ?? '');
}

/** Texts that name a secret only to tell that it is not wanted here. */
const NAMES_A_SECRET: Record<string, string> = {
  'case-status.reason-SENSITIVE_VISIBLE': 'asks to cover it',
  'common.welcome': 'says that none is needed',
  'common.sensitive': 'warns after one was sent',
  'intents.fail_verification': 'the name of a problem',
  'security-settings.checklist': 'advises to change it',
  'security-settings.name-password': 'the name of a setting',
  'security-settings.howTo-forgotten': 'where it is got back',
  'security-settings.howTo-password': 'where it is changed, and that nobody may have it',
  'security-settings.afterStranger': 'advises to change it',
  'security-settings.end': 'says not to tell the code to anybody',
  'verification.passwordFails': 'the name of a problem',
  'verification.whichPassword': 'says to type it on the official page only',
  'verification.passwordOfPlatform': 'the name of a kind',
  'verification.passwordOfBank': 'the name of a kind',
  'verification.passwordLook': 'how to tell the kinds apart',
  'verification.resetPlatform': 'where it is reset',
  'verification.resetBank': 'where it is reset',
  'fraud.hangUp': 'says to give no more of them away',
  'fraud.evidence': 'advises to change them in the app',
  'official-channel.tell-contact': 'how to know a fraud',
  'official-channel.tell-bot': 'says that none is needed',
  'official-channel.talk-codes': 'tells to give them to nobody',
  'official-channel.given': 'asks whether one was given away',
  'official-channel.afterOpening': 'advises to change it in the app',
  'aftercare.list': 'advises to change it',
  'aftercare.listWithCredit': 'advises to change it',
  'aftercare.listWithoutCredit': 'advises to change it',
  'aftercare.tell-prevent': 'advises to change it, and to give no code to anybody',
  'unbind-guide.whichCard': 'asks for the last four only',
  'unbind-guide.step2': 'what the official page asks, and that nobody else may',
};

/** Words that promise what nobody can. */
const PROMISES = /一定|保证|肯定|马上|永久|立即/u;
const SECRETS = /密码|验证码|CVV|安全码|完整卡号|整张卡号/iu;

describe('texts in zh-CN', () => {
  const texts = readTexts();
  const offending = (wrong: (text: Text) => boolean) =>
    texts.filter(wrong).map(({ key, text }) => `${key}: ${text}`);

  it('are all used', () => {
    const sources = readSources('dialogs', 'src');
    const prefixes = prefixesIn(sources);
    const unused = offending(
      ({ key }) =>
        !sources.includes(`'${key}'`) &&
        !sources.includes(`\`${key}\``) &&
        !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).to.deep.equal([]);
  });

  it('ask for no secret', () => {
    expect(offending(({ key, text }) => SECRETS.test(text) && !(key in NAMES_A_SECRET))).to.deep.equal([]);
  });

  it('have no exception that is not needed any more', () => {
    const named = texts.filter(({ text }) => SECRETS.test(text)).map(({ key }) => key);
    expect(named).to.include.members(Object.keys(NAMES_A_SECRET));
  });

  it('promise nothing', () => {
    expect(offending(({ text }) => PROMISES.test(text))).to.deep.equal([]);
  });

  it('fit on a phone: three paragraphs or six lines, 220 characters', () => {
    const tooLong = ({ text }: Text) =>
      text.length > 220 || text.split('\n').filter(Boolean).length > 6 || text.split('\n\n').length > 3;
    expect(offending(tooLong)).to.deep.equal([]);
  });

  it('have full-width punctuation between Chinese words', () => {
    const halfWidth = /[\u4e00-\u9fff][,;:!?()"]|[,;:!?()"][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?!\d)/u;
    expect(offending(({ text }) => halfWidth.test(text))).to.deep.equal([]);
  });

  it('name no telephone number but those of the police and the regulators', () => {
    const numbers = ({ text }: Text) =>
      (text.match(/\d{3,}/g) ?? []).filter(
        (number) => !['110', '96110', '12363', '12378', '4000'].includes(number),
      );
    expect(offending((text) => numbers(text).length > 0)).to.deep.equal([]);
  });
});
