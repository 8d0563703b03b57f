/** What a customer types, and what of it must be nowhere afterwards. */
export interface Seed {
  says: string[];
  /** As typed, beyond the digits of `number`. */
  words: string[];
  /** Whose parts of eight digits are looked for. */
  number?: string;
}

const NUMERALS = '零一二三四五六七八九';
const numerals = (digits: string) => digits.replace(/\d/g, (digit) => NUMERALS[Number(digit)] ?? '');
const wide = (digits: string) =>
  digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
const fours = (digits: string, gap: string) => digits.replace(/\d{4}(?=\d)/g, `$&${gap}`);

/** One number each, so that what is found tells by whose way it came. */
export const SEEDS: Record<string, Seed> = {
  'a card number': { says: ['我的卡号是6225760012349875'], words: [], number: '6225760012349875' },
  'a spaced card number': {
    says: ['卡号 6222 0212 3456 7894 解绑不了'],
    words: [],
    number: '6222021234567894',
  },
  'a full-width card number': {
    says: [`卡号${wide('5200828282828210')}`],
    words: [wide('52008282'), wide('28282828')],
    number: '5200828282828210',
  },
  'a card number in numerals': {
    says: [`我的卡${numerals('4417123456789113')}`],
    words: [numerals('44171234'), numerals('56789113')],
    number: '4417123456789113',
  },
  'a card number with invisible characters': {
    says: [[...'5105105105105100'].join('\u200b')],
    words: [[...'51051051'].join('\u200b')],
    number: '5105105105105100',
  },
  'a card number in lines': {
    says: [fours('4012888888881881', '\n')],
    words: [],
    number: '4012888888881881',
  },
  'a card number with a typo': {
    says: ['6217001234567890 这张解不了'],
    words: [],
    number: '6217001234567890',
  },
  'a card number in two messages': {
    says: ['6214 8312 3456', '7890 123'],
    words: ['7890 123'],
    number: '6214831234567890123',
  },
  'a card number in three messages': {
    says: ['621661', '283907', '4478230'],
    words: ['283907', '4478230'],
    number: '6216612839074478230',
  },
  'expiry and code after a card number': {
    says: ['6011000990139424 09/31 417'],
    words: ['09/31', '〕 417'],
    number: '6011000990139424',
  },
  'an ID number': {
    says: ['身份证11010519491231002X'],
    words: ['19491231002X'],
    number: '11010519491231002',
  },
  'an ID number in two messages': {
    says: ['440305', '19850615483X'],
    words: ['19850615483X'],
    number: '44030519850615483',
  },
  'a CVV': { says: ['它要安全码我输了 739'], words: ['输了 739'] },
  'a CVV in English': { says: ['CVV three digits 583'], words: ['digits 583'] },
  'a CVV in the next message': { says: ['安全码是这个', '看好了', '926'], words: ['"text":"926"'] },
  'an SMS code': { says: ['短信验证码是 804615'], words: ['804615'] },
  'an SMS code with spaces': { says: ['验证码刚收到 是 7 3 9 1 5 2'], words: ['7 3 9 1 5 2', '739152'] },
  'an SMS code in the next message': { says: ['验证码发你了', '517283'], words: ['517283'] },
  'a password': { says: ['我的交易密码是 Qz7!wolf93'], words: ['Qz7!wolf93', 'wolf93'] },
  'a password behind other words': { says: ['支付密码我输的是 Kk20@mm'], words: ['Kk20@mm'] },
  'a password in the next message': { says: ['登录密码如下', 'Tiger#8841'], words: ['Tiger#8841'] },
  'a phone number': { says: ['手机号 13926481537'], words: [], number: '13926481537' },
  'a phone number with its country': {
    says: ['+86 159-7364-8215 打给我'],
    words: ['7364-8215'],
    number: '15973648215',
  },
  'a Hong Kong identity card': { says: ['我的身份證係 C123456(9)'], words: ['C123456'] },
  'a Taiwan identity number': { says: ['身分證字號 F131104093'], words: ['F131104093'], number: '131104093' },
  'a Taiwan mobile number': { says: ['門號 0918-273-645'], words: ['273-645'], number: '0918273645' },
  'a Hong Kong mobile number': { says: ['+852 6372 8194 打俾我'], words: ['6372 8194'], number: '63728194' },
  'an expiry date': { says: ['卡的有效期我填的是 07/29'], words: ['07/29'] },
};

/** What may come as one text wherever a text is taken. */
export const ONE_LINERS = Object.values(SEEDS).flatMap(({ says }) => (says.length === 1 ? says : []));
