const CHINESE_DIGITS: Record<string, string> = {
  〇: '0',
  零: '0',
  一: '1',
  壹: '1',
  幺: '1',
  二: '2',
  贰: '2',
  貳: '2',
  两: '2',
  三: '3',
  叁: '3',
  參: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  陸: '6',
  七: '7',
  柒: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
};

/** Digits in every everyday writing (全角, 一二三四, 叁贰, 幺) as 0-9; other characters stay. */
export function arabicDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(
      /[〇零一壹幺二贰貳两三叁參四肆五伍六陆陸七柒八捌九玖]/g,
      (digit) => CHINESE_DIGITS[digit] ?? digit,
    );
}
