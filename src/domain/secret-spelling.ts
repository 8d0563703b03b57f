/** Traditional characters that the patterns of secrets have in their simplified form. */
const TRADITIONAL =
  '碼證証驗號發給訴請務說報輸寫傳圖簡檢後這裡裏對話嗎麼資訊動態銀電騙員們問過來邊條張個無須絕從應協幫將寄貼聽錄';
const SIMPLIFIED =
  '码证证验号发给诉请务说报输写传图简检后这里里对话吗么资讯动态银电骗员们问过来边条张个无须绝从应协帮将寄贴听录';
/** Cyrillic and Greek letters that look like Latin ones. */
const LOOKALIKE = 'авсԁеіјкмнорԛѕтухѵαορνκτυ';
const LATIN = 'abcdeijkmhopqstyxvaopvktu';

function counterpart(char: string): string {
  const traditional = TRADITIONAL.indexOf(char);
  if (traditional >= 0) return SIMPLIFIED.charAt(traditional);
  const alike = LOOKALIKE.indexOf(char);
  return alike >= 0 ? LATIN.charAt(alike) : char;
}

const LEET: Readonly<Record<string, string>> = { '@': 'a', $: 's', '0': 'o', '1': 'i', '3': 'e' };

/** Words that are written by their sound, or with another character of the same. */
const SOUNDS: readonly [RegExp, string][] = [
  [/(?<![a-z])(?:yan ?zheng ?ma|yzm)(?![a-z])|[验演]正码|演证码|验证马/g, '验证码'],
  [/(?<![a-z])mi ?ma(?![a-z])|密马/g, '密码'],
  [/(?<![a-z])an ?quan ?ma(?![a-z])/g, '安全码'],
  [/(?<![a-z])ka ?hao(?![a-z])/g, '卡号'],
  [/(?<![a-z])you ?xiao ?qi(?![a-z])/g, '有效期'],
];

/**
 * A text as it reads, however it is spelled: half width, lower case, simplified, without what nobody sees, with
 * nothing between the characters of a word, and what is written by sound or by shape as what it stands for.
 */
export function plainSpelling(text: string): string {
  const letters = [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''),
  ]
    .map(counterpart)
    .join('');
  const joined = letters
    .replace(/[’‘`´]/g, "'")
    .replace(/(?<=\p{Script=Han})(?:[\s.]|[^\p{L}\p{N}\s,:;!?。、—])+(?=\p{Script=Han})/gu, '')
    .replace(/\p{Script=Han}(?:[、,]\p{Script=Han}){2,}/gu, (spelled) => spelled.replace(/[、,]/g, ''))
    .replace(/(?<![a-z\d'])[a-z](?:[ .*_-]{1,3}[a-z])+(?![a-z\d'])/g, (spelled) =>
      spelled.replace(/[^a-z]/g, ''),
    )
    .replace(
      /(?<=[a-z][@$]{0,3})[@$013](?=[@$]{0,3}[a-z])|(?<![a-z\d])0(?=tp(?![a-z\d]))/g,
      (char) => LEET[char] ?? char,
    );
  return SOUNDS.reduce((spelled, [sound, word]) => spelled.replace(sound, word), joined);
}
