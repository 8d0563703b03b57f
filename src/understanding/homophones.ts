import { pinyin } from '@napi-rs/pinyin';
import { BUSINESS_WORDS } from './lexicon.ts';
import { segment } from './segmenter.ts';

const LONGEST = 4;

/** Pinyin of one text, a syllable a character; what is not Chinese stays in one piece. */
export function syllablesOf(text: string): string[] {
  return pinyin(text).flat();
}

const bySound = new Map<string, string>();
for (const word of BUSINESS_WORDS) {
  const sound = syllablesOf(word).join(' ');
  if (word.length >= 2 && word.length <= LONGEST && !bySound.has(sound)) bySound.set(sound, word);
}
const byLetters = new Map([...bySound].map(([sound, word]) => [sound.replaceAll(' ', ''), word]));

const HAN = /^\p{Script=Han}$/u;
const soundOf = new Map<string, string>();

/** Pinyin of one Chinese character; kept, because asking for it costs more than the rest of the repair. */
function sound(character: string): string {
  if (!HAN.test(character)) return character;
  const known = soundOf.get(character);
  if (known !== undefined) return known;
  const heard = syllablesOf(character)[0] ?? character;
  soundOf.set(character, heard);
  return heard;
}

/** Where a word of two characters or more stands, a typo is unlikely: 按键 is not 案件. */
function wordCover(text: string): boolean[] {
  return segment(text).flatMap((word) => [...word].map(() => [...word].length > 1));
}

/**
 * Words of the business typed with wrong characters of the same sound (解邦, 倒刷) or in pinyin
 * (jiebang) become those words; characters that already form a word are left alone.
 */
export function repairHomophones(text: string): string {
  const latin = text.replace(
    /(?<![a-z])[a-z]{5,18}(?![a-z])/g,
    (letters) => byLetters.get(letters) ?? letters,
  );
  const characters = [...latin];
  const covered = wordCover(latin);
  const sounds = characters.map(sound);
  const repaired: string[] = [];
  for (let i = 0; i < characters.length; ) {
    let word: string | undefined;
    for (let length = LONGEST; length >= 2 && !word; length--) {
      const window = covered.slice(i, i + length);
      if (window.length < length || window.every(Boolean)) continue;
      if (length === 2 && window.some(Boolean)) continue;
      word = bySound.get(sounds.slice(i, i + length).join(' '));
    }
    repaired.push(word ?? characters[i] ?? '');
    i += word ? [...word].length : 1;
  }
  return repaired.join('');
}
