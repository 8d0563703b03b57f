import { BLANK, type Shadow } from './shadow.ts';

/** Digits without a gap and of one script: `6222`, or `六二二二`. */
export interface Group {
  start: number;
  end: number;
  /** ASCII digits; the last group of an 身份证号 may end in X. */
  digits: string;
}

/** Groups that a reader takes as one number: only spaces and hyphens between them. */
export type Run = Group[];

/** A dot counts as a gap because card numbers are also written 6222.0212.… */
const RUN = /\d(?:[ \t\-.]{0,3}\d)*[ \t-]?[Xx]?/g;

function groupsOf(shadow: Shadow, from: number, to: number): Group[] {
  const groups: Group[] = [];
  let open: Group | undefined;
  for (let i = from; i < to; i++) {
    const character = shadow.text[i] ?? '';
    if (!/[\dXx]/.test(character)) {
      open = undefined;
      continue;
    }
    const sameScript = open && shadow.isNumeral(i) === shadow.isNumeral(open.start);
    if (open && sameScript) {
      open.end = i + 1;
      open.digits += character;
      continue;
    }
    open = { start: i, end: i + 1, digits: character };
    groups.push(open);
  }
  return groups;
}

/** X belongs to the number only after 17 digits in all and at the end of a word. */
function withoutStrayX(shadow: Shadow, groups: Group[]): Group[] {
  const last = groups.at(-1);
  if (!last || !/[Xx]$/.test(last.digits)) return groups;
  const digits = groups.map((g) => g.digits).join('').length - 1;
  const wordGoesOn = /[A-Za-z0-9]/.test(shadow.text[last.end] ?? '');
  if (digits >= 17 && !wordGoesOn) return groups;
  const trimmed = { ...last, end: last.end - 1, digits: last.digits.slice(0, -1) };
  return trimmed.digits === '' ? groups.slice(0, -1) : [...groups.slice(0, -1), trimmed];
}

/** All numbers of 11 digits or more, in order. */
export function digitRuns(shadow: Shadow): Run[] {
  const runs: Run[] = [];
  for (const match of shadow.text.matchAll(RUN)) {
    if (match[0].length < 11) continue;
    const groups = withoutStrayX(shadow, groupsOf(shadow, match.index, match.index + match[0].length));
    if (groups.reduce((sum, g) => sum + g.digits.length, 0) >= 11) runs.push(groups);
  }
  return runs;
}

const BETWEEN = '[ \\t]?[,、/|*;+\\r\\n]{1,2}[ \\t]?';
/** One number under the other or with commas: only in the groups that cards and mobile numbers are written in. */
const SEPARATED = new RegExp(
  `(?<!\\d)(?:\\d{4}(?:${BETWEEN}\\d{4}){2,3}(?:${BETWEEN}\\d{1,3})?|1\\d\\d${BETWEEN}\\d{4}${BETWEEN}\\d{4}|\\d(?:${BETWEEN}\\d){10,18})(?!\\d)`,
  'g',
);

/** Numbers whose groups stand apart by more than spaces and hyphens, in order. */
export function separatedRuns(shadow: Shadow): Run[] {
  return [...shadow.text.matchAll(SEPARATED)].map((match) =>
    groupsOf(shadow, match.index, match.index + match[0].length),
  );
}

/** What stands just before a number, up to 16 characters and not across an earlier mask. */
export function wordingBefore(shadow: Shadow, offset: number): string {
  const before = shadow.text.slice(Math.max(0, offset - 16), offset);
  return before.slice(before.lastIndexOf(BLANK) + 1);
}

/** What stands before a number that is no person's. */
export const ORDER_WORDING =
  /(?:订单|訂單|流水|单号|單號|交易号|交易號|参考号|凭证号|商户号|编号|序列号)[^\d]{0,6}$/;
