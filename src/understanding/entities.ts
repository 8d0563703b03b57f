import type { Entities } from '../domain/intent.ts';
import { findBanks } from './entities/banks.ts';
import { findCardLast4 } from './entities/card-last4.ts';
import { findCaseIds, findErrorCodes, findPhones } from './entities/codes.ts';
import { findDates } from './entities/dates.ts';
import { type Found, singleOut } from './entities/found.ts';
import { findAmounts } from './entities/money.ts';
import { MARKS } from './normalise.ts';

interface Mark extends Found<unknown> {
  mark: string;
}

/** What a text names, and the text with a mark in each place. */
export interface Extraction {
  entities: Entities;
  marked: string;
}

/** Earlier kinds win where two overlap: 1.2万 is no date, 8000 of a phone is no card. */
function withMarks(text: string, marks: readonly Mark[]): string {
  const placed: Mark[] = [];
  for (const mark of marks) {
    if (!placed.some((other) => mark.start < other.end && other.start < mark.end)) placed.push(mark);
  }
  let marked = '';
  let from = 0;
  for (const { start, end, mark } of placed.sort((a, b) => a.start - b.start)) {
    marked += text.slice(from, start) + mark;
    from = end;
  }
  return marked + text.slice(from);
}

function apart<T>(found: readonly Found<T>[], taken: readonly Found<unknown>[]): Found<T>[] {
  return found.filter((f) => !taken.some((other) => f.start < other.end && other.start < f.end));
}

/** Reads the entities out of a folded, masked text. */
export function extractEntities(text: string): Extraction {
  const caseIds = findCaseIds(text);
  const phones = findPhones(text);
  const banks = findBanks(text);
  const named = [...caseIds, ...phones];
  const cards = apart(findCardLast4(text, banks), named);
  const amounts = apart(findAmounts(text), [...named, ...cards]);
  const dates = apart(findDates(text), [...named, ...cards, ...amounts]);
  const codes = apart(findErrorCodes(text), [...named, ...cards, ...amounts, ...dates]);

  const cardLast4 = singleOut(text, cards);
  const bank = singleOut(text, banks);
  const [amount, date, code, caseId, phone] = [amounts[0], dates[0], codes[0], caseIds[0], phones[0]];
  const entities: Entities = {
    ...(cardLast4 !== undefined && { cardLast4 }),
    ...(bank !== undefined && { bank }),
    ...(amount !== undefined && { amount: amount.value }),
    ...(date !== undefined && { date: date.value }),
    ...(code !== undefined && { errorCode: code.value }),
    ...(caseId !== undefined && { caseId: caseId.value }),
    ...(phone !== undefined && { phoneMasked: phone.value }),
  };
  const as = (mark: string, found: readonly Found<unknown>[]) => found.map((f) => ({ ...f, mark }));
  const marks = [
    ...as(MARKS.caseId, caseIds),
    ...as(MARKS.phone, phones),
    ...as(MARKS.card, cards),
    ...as(MARKS.amount, amounts),
    ...as(MARKS.date, dates),
    ...as(MARKS.code, codes),
    ...as(MARKS.bank, banks),
  ];
  return { entities, marked: withMarks(text, marks) };
}
