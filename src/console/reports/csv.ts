/** Excel takes a file without it for one in the system's old encoding. */
const BOM = '\uFEFF';

/** What spreadsheets take for the begin of a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // An apostrophe makes it a text; numbers stay numbers, also negative ones.
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A table as a file for spreadsheets: RFC 4180 in UTF-8, and no cell of it is run as a formula. */
export function csv(head: readonly string[], rows: readonly (string | number | null)[][]): string {
  return BOM + [head, ...rows].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
