import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Converter } from 'opencc-js/cn2t';
import { LOCALES, type Locale, REFERENCE_LOCALE } from '../../locales/index.ts';
import { fromRoot } from '../../src/root.ts';
import { simplify } from '../../src/understanding/normalise.ts';

interface Text {
  key: string;
  text: string;
}

function readTexts(locale: Locale): Text[] {
  const folder = fromRoot('locales', locale);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) => {
    const texts: Record<string, string> = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return Object.entries(texts).map(([key, text]) => ({ key: `${file.replace('.json', '')}.${key}`, text }));
  });
}

const toTraditional = Converter({ from: 'cn', to: 'tw' });
/** Characters that traditional writing has too, beside the one that OpenCC gives for them. */
const SHARED = new Set('台里后只干几准云松面板表布制占托向回志采吃了么么系范余周出才卷借');

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
  'documents.PdfNotAccepted': 'says that the file has one',
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
  'official-channel.talk-threat': 'how to know a fraud',
  'official-channel.talk-codes': 'tells to give them to nobody',
  'official-channel.given': 'asks whether one was given away',
  'official-channel.afterOpening': 'advises to change it in the app',
  'aftercare.list': 'advises to change it',
  'aftercare.listWithCredit': 'advises to change it',
  'aftercare.listWithoutCredit': 'advises to change it',
  'aftercare.tell-prevent': 'advises to change it, and to give no code to anybody',
  'handoff.neverAsks': 'says that nobody asks for them',
  'unbind-guide.whichCard': 'asks for the last four only',
  'unbind-guide.step2': 'what the official page asks, and that nobody else may',
};

interface Rules {
  /** Characters that fit on a phone. */
  most: number;
  /** Words that promise what nobody can. */
  promises: RegExp;
  secrets: RegExp;
}

const CHINESE_RULES: Rules = {
  most: 220,
  promises: /一定|保证|保證|肯定|马上|馬上|永久|立即|绝对|絕對/u,
  secrets: /密码|验证码|CVV|安全码|完整卡号|整张卡号|密碼|驗證碼|安全碼|完整卡號|整張卡號/iu,
};
const RULES: Record<Locale, Rules> = {
  'zh-CN': CHINESE_RULES,
  'zh-TW': CHINESE_RULES,
  en: {
    most: 420,
    promises: /\bguarantee|\bdefinitely\b|\bpermanent|\bimmediately\b|\bcertainly\b|100 ?%/i,
    secrets:
      /password(?!-free)|passcode|verification code|CVV|security code|(?<!n't send the )(?:full|whole) card number/i,
  },
};

const halfWidth = /[\u4e00-\u9fff][,;:!?()"]|[,;:!?()"][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?!\d)/u;
const slotsOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

for (const locale of LOCALES) {
  describe(`texts in ${locale}`, () => {
    const texts = readTexts(locale);
    const offending = (wrong: (text: Text) => boolean) =>
      texts.filter(wrong).map(({ key, text }) => `${key}: ${text}`);
    const { most, promises, secrets } = RULES[locale];

    it('have the keys and the slots of the reference', () => {
      const outline = (all: Text[]) => Object.fromEntries(all.map(({ key, text }) => [key, slotsOf(text)]));
      expect(outline(texts)).to.deep.equal(outline(readTexts(REFERENCE_LOCALE)));
    });

    it('ask for no secret', () => {
      expect(offending(({ key, text }) => secrets.test(text) && !(key in NAMES_A_SECRET))).to.deep.equal([]);
    });

    it('promise nothing', () => {
      expect(offending(({ text }) => promises.test(text))).to.deep.equal([]);
    });

    it(`fit on a phone: three paragraphs or six lines, ${most} characters`, () => {
      const tooLong = ({ text }: Text) =>
        text.length > most || text.split('\n').filter(Boolean).length > 6 || text.split('\n\n').length > 3;
      expect(offending(tooLong)).to.deep.equal([]);
    });

    it('name no telephone number but those of the police and the regulators', () => {
      const numbers = ({ text }: Text) =>
        (text.match(/\d{3,}/g) ?? []).filter(
          (number) => !['110', '96110', '12363', '12378', '4000'].includes(number),
        );
      expect(offending((text) => numbers(text).length > 0)).to.deep.equal([]);
    });
  });
}

for (const locale of ['zh-CN', 'zh-TW'] as const) {
  it(`texts in ${locale} have full-width punctuation between Chinese words`, () => {
    expect(readTexts(locale).filter(({ text }) => halfWidth.test(text))).to.deep.equal([]);
  });
}

describe('texts in the reference', () => {
  const texts = readTexts(REFERENCE_LOCALE);

  it('are all used', () => {
    const sources = readSources('dialogs', 'src');
    const prefixes = prefixesIn(sources);
    const unused = texts.filter(
      ({ key }) =>
        !sources.includes(`'${key}'`) &&
        !sources.includes(`\`${key}\``) &&
        !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused.map(({ key }) => key)).to.deep.equal([]);
  });

  it('have no exception about secrets that is not needed any more', () => {
    const { secrets } = RULES[REFERENCE_LOCALE];
    const named = texts.filter(({ text }) => secrets.test(text)).map(({ key }) => key);
    expect(named).to.include.members(Object.keys(NAMES_A_SECRET));
  });

  it('are written in simplified characters', () => {
    const han = (text: string) => (text.match(/\p{Script=Han}/gu) ?? []).join('');
    expect(texts.filter(({ text }) => han(simplify(text)) !== han(text))).to.deep.equal([]);
  });
});

it('texts in zh-TW are written in traditional characters', () => {
  const mixed = readTexts('zh-TW').flatMap(({ key, text }) => {
    const strange = [...text].filter(
      (character) => !SHARED.has(character) && toTraditional(character) !== character,
    );
    return strange.length > 0 ? [`${key}: ${strange.join('')} in ${text}`] : [];
  });
  expect(mixed).to.deep.equal([]);
});

it('texts in en are written in Latin letters', () => {
  expect(
    readTexts('en').filter(({ text }) => /\p{Script=Han}|[、。，；：？！（）]/u.test(text)),
  ).to.deep.equal([]);
});
