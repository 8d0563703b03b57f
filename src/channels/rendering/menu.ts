import type { LogEntry } from '../../conversation/store.ts';
import { MARKS } from '../../domain/message-marks.ts';
import { placeOf } from '../../domain/words.ts';
import { optionsOf } from './blocks.ts';
import type { Option } from './cards.ts';

/** How long after it was sent a menu may be answered. */
export const MENU_TTL_MS = 10 * 60_000;
/** Of the log, from its end: within a menu's time nobody writes more. */
export const MENU_ENTRIES = 40;

/** `12-3`: the third choice of the log's twelfth entry. Apps give it back when the choice is tapped. */
export const menuId = (seq: number, place: number): string => `${seq}-${place}`;

/** How many choices of a long menu go before the one that shows the others, in apps that show few at a time. */
export const PAGE_ITEMS = 9;
/** The place of that choice. */
export const MORE = 0;

interface Pick {
  seq: number;
  place: number;
}

function pickIn(id: string): Pick | undefined {
  const [, seq, place] = /^(\d{1,10})-(\d{1,2})$/.exec(id) ?? [];
  return seq && place ? { seq: Number(seq), place: Number(place) } : undefined;
}

/** Choices as lines that are answered by their number. */
export const numbered = (options: readonly Option[]): string =>
  options.map(({ label }, at) => `${at + 1}. ${label}`).join('\n');

const TWO_DIGITS = /^\s*(?:第|选)?\s*(1\d|20|十)\s*(?:个|号|项|条)?\s*[.。、）)]?\s*$/u;

/** 1/１/①/一/第一个/10 -> place in a list; undefined when the whole text is none. */
export function placeIn(text: string): number | undefined {
  const plain = text.trim().normalize('NFKC');
  const [, two] = TWO_DIGITS.exec(plain) ?? [];
  if (two) return two === '十' ? 10 : Number(two);
  return placeOf(text);
}

/** Whether it takes the log to know what was meant. Anything longer is no number, and costs no look at it. */
export const mayChoose = (said: { text: string; menuId?: string | undefined }): boolean =>
  said.menuId !== undefined || (said.text.length <= 12 && placeIn(said.text) !== undefined);

export type Chosen =
  /** `says`: what the choice stands for, said in the customer's place. `asked`: text key of the question, and which of its choices it is. */
  | { kind: 'chosen'; says: string; seq: number; asked?: { key: string; place: number } }
  /** `rest`: the choices that are not shown yet. */
  | { kind: 'more'; seq: number; rest: Option[] }
  /** The menu is answered, replaced or too old: what is asked now has to be asked again. */
  | { kind: 'stale' }
  /** No menu is meant. */
  | { kind: 'none' };

const atOf = ({ activity }: LogEntry) => new Date(activity.timestamp ?? 0).getTime();
const turnOf = ({ activity }: LogEntry) => activity.replyToId;

/** The menu that waits for an answer: said last, or in the turn that was last. */
function openMenu(entries: readonly LogEntry[]): LogEntry | undefined {
  const at = entries.findLastIndex((entry) => optionsOf(entry).length > 0);
  const menu = entries[at];
  if (!menu) return undefined;
  const after = entries.slice(at + 1).filter(({ origin }) => origin === 'bot' || origin === 'agent');
  const isOver = after.some((entry) => entry.activity.type === 'message' && turnOf(entry) !== turnOf(menu));
  return isOver ? undefined : menu;
}

/** A menu with those before it whose further choices it has, the last one first. */
function pagesOf(menu: LogEntry, entries: readonly LogEntry[]): LogEntry[] {
  const pages = [menu];
  for (let page: LogEntry | undefined = menu; page; ) {
    const before: unknown = page.activity.channelData?.[MARKS.continues];
    page = entries.find(({ seq }) => seq === before && seq < (pages.at(-1)?.seq ?? 0));
    if (page) pages.push(page);
  }
  return pages;
}

const choseFrom = (entry: LogEntry, seq: number) =>
  entry.origin === 'customer' && entry.activity.channelData?.[MARKS.menu] === seq;

/**
 * What a tapped choice (`menuId`) or a typed number means. A menu may be answered once, within ten minutes and as
 * long as it is the last one: what is in an old one may have consequences that nobody means any more.
 * `entries`: the end of the log, oldest first.
 */
export function choose(
  said: { text: string; menuId?: string | undefined },
  entries: readonly LogEntry[],
  now: Date,
): Chosen {
  const tapped = said.menuId === undefined ? undefined : pickIn(said.menuId);
  const place = tapped?.place ?? (said.menuId === undefined ? placeIn(said.text) : undefined);
  // A menu that is none of ours: its words stand for themselves.
  if (place === undefined) return { kind: 'none' };
  const last = openMenu(entries);
  const pages = last ? pagesOf(last, entries) : [];
  const menu = tapped ? pages.find(({ seq }) => seq === tapped.seq) : last;
  if (!menu) return { kind: tapped ? 'stale' : 'none' };
  const options = optionsOf(menu);
  const option = options[place - 1];
  const isMore = tapped?.place === MORE && options.length > PAGE_ITEMS;
  if (!option && !isMore) return { kind: tapped ? 'stale' : 'none' };
  const isUsed = entries.some((entry) => pages.some(({ seq }) => choseFrom(entry, seq)));
  if (isUsed || now.getTime() - atOf(menu) > MENU_TTL_MS) return { kind: 'stale' };
  if (!option) return { kind: 'more', seq: menu.seq, rest: options.slice(PAGE_ITEMS) };
  const key: unknown = menu.activity.channelData?.key;
  const asked = typeof key === 'string' && { asked: { key, place } };
  return { kind: 'chosen', says: option.says, seq: menu.seq, ...asked };
}
