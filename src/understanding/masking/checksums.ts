const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECK = '10X98765432';
/** First two digits of the region code (GB/T 2260). */
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/** Luhn check of a string of ASCII digits. */
export function isLuhnValid(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

function isBirthDate(year: number, month: number, day: number): boolean {
  if (year < 1890 || year > 2100) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** 身份证号 by form: province and birth date are possible. 15 digits (old cards) or 17 + digit or X. */
export function looksLikeIdNumber(value: string): boolean {
  if (!PROVINCE.test(value)) return false;
  if (/^\d{15}$/.test(value)) {
    return isBirthDate(
      1900 + Number(value.slice(6, 8)),
      Number(value.slice(8, 10)),
      Number(value.slice(10, 12)),
    );
  }
  if (!/^\d{17}[\dXx]$/.test(value)) return false;
  return isBirthDate(Number(value.slice(6, 10)), Number(value.slice(10, 12)), Number(value.slice(12, 14)));
}

/** ISO 7064 mod 11-2 over the 18 characters (GB 11643). */
export function isIdChecksumValid(value: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(value)) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(value[i]), 0);
  return ID_CHECK[sum % 11] === value[17]?.toUpperCase();
}

/** Begins as an 身份证号 does: region and year of birth, and what follows so far. */
export function isRegionAndBirth(value: string): boolean {
  return (
    PROVINCE.test(value) &&
    /^\d{6}(?:19|20)(?:\d{0,2}|\d\d[01]|\d\d(?:0[1-9]|1[0-2])[\dXx]{0,6})$/.test(value)
  );
}

const valueOfLetter = (letter: string) => letter.toUpperCase().charCodeAt(0) - 55;

/** 香港身份證: one or two letters, six digits, a check digit (0-9 or A) mod 11; one letter counts as a blank before it. */
export function isHongKongId(value: string): boolean {
  const [, letters = '', digits = '', check = ''] = /^([A-Z]{1,2})(\d{6})([\dA])$/i.exec(value) ?? [];
  if (check === '') return false;
  const blank = 36;
  const values = [
    ...(letters.length === 1 ? [blank] : []),
    ...[...letters].map(valueOfLetter),
    ...[...digits].map(Number),
  ];
  const sum = values.reduce((total, number, i) => total + number * (9 - i), 0);
  return (sum + (/a/i.test(check) ? 10 : Number(check))) % 11 === 0;
}

const TAIWAN_REGIONS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/** 身分證字號 and 居留證號: a letter for the region, 1, 2, 8 or 9, seven digits and a check digit mod 10. */
export function isTaiwanId(value: string): boolean {
  if (!/^[A-Z][1289]\d{8}$/i.test(value)) return false;
  const region = TAIWAN_REGIONS.indexOf(value.charAt(0).toUpperCase()) + 10;
  const sum = [...value.slice(1)].reduce(
    (total, digit, i) => total + Number(digit) * Math.max(1, 8 - i),
    Math.floor(region / 10) + (region % 10) * 9,
  );
  return sum % 10 === 0;
}
