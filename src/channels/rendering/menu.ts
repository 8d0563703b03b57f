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
  /** `says`: what the choice stands for, said in the customer's place. `asked`: text key of the question. */
  | { kind: 'chosen'; says: string; seq: number; place: number; asked?: string | undefined }
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
  const menu = openMenu(entries);
  if (tapped && menu?.seq !== tapped.seq) return { kind: 'stale' };
  if (!menu) return { kind: 'none' };
  const option = optionsOf(menu)[place - 1];
  if (!option) return tapped ? { kind: 'stale' } : { kind: 'none' };
  const isUsed = entries.some((entry) => choseFrom(entry, menu.seq));
  if (isUsed || now.getTime() - atOf(menu) > MENU_TTL_MS) return { kind: 'stale' };
  return { kind: 'chosen', says: option.says, seq: menu.seq, place, asked: menu.activity.channelData?.key };
}
