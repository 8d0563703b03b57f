/** How a link is written where the channel has its own way. */
export type WriteLink = (title: string, url: string) => string;

/** `title：address`, which apps make into a link by themselves. */
export const plainLink: WriteLink = (title, url) => {
  if (title === url) return url;
  return /[A-Za-z.]$/.test(title) ? `${title}: ${url}` : `${title}：${url}`;
};

const FENCE = /^\s*(```|~~~)/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

const cellsOf = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** Each row as 「column：value」, since columns do not stand under each other in a chat. */
function tableLines(rows: string[]): string[] {
  const [header = '', ...body] = rows;
  const columns = cellsOf(header);
  return body.map((row) => {
    const cells = cellsOf(row).map((cell, at) => (columns[at] ? `${columns[at]}：${cell}` : cell));
    return cells.join('，');
  });
}

/** What stands behind a backslash is no mark: set aside, where nothing looks for it. */
const setAside = (text: string) =>
  text.replace(/\\([\\`*_{}[\]()#+\-.!|>~])/g, (_, mark: string) =>
    String.fromCharCode(0xe000 + mark.charCodeAt(0)),
  );
const putBack = (text: string) =>
  text.replace(/[\ue000-\ue07f]/g, (aside) => String.fromCharCode(aside.charCodeAt(0) - 0xe000));

function withoutMarks(line: string, link: WriteLink): string {
  return (
    line
      .replace(/!\[([^\]]*)\]\([^)\s]+(?:\s+"[^"]*")?\)/g, '$1')
      .replace(/\[([^\]]+)\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g, (_, title: string, url: string) =>
        link(title, url),
      )
      .replace(/<(https?:\/\/[^>\s]+)>/g, '$1')
      // Marks stand at words: the stars of 138****8000 are none.
      .replace(/(?<![\w*])(\*\*|__)(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])/g, '$2')
      .replace(/(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+?)(?<=\S)\1(?![\w*])/g, '$2')
      .replace(/~~(?=\S)(.+?)(?<=\S)~~/g, '$1')
      .replace(/`([^`]+)`/g, '$1')
  );
}

function plainLine(line: string, link: WriteLink): string | undefined {
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return undefined;
  const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
  if (heading !== undefined) return `【${withoutMarks(heading, link)}】`;
  return withoutMarks(line, link)
    .replace(/^(\s*)[-*+]\s+(?:\[[ xX]\]\s+)?/, '$1• ')
    .replace(/^\s*(?:>\s?)+/, '')
    .replace(/\s+$/, '');
}

/** Markdown as a chat without it shows it: headings in 【】, lists with •, tables line by line, links as told. */
export function plainText(markdown: string, link: WriteLink = plainLink): string {
  const lines = setAside(markdown.replace(/\r\n?/g, '\n')).split('\n');
  const plain: string[] = [];
  let isCode = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (FENCE.test(line)) {
      isCode = !isCode;
      continue;
    }
    if (!isCode && line.includes('|') && TABLE_RULE.test(lines[at + 1] ?? '')) {
      let end = at + 2;
      while (end < lines.length && lines[end]?.includes('|')) end++;
      const rows = [line, ...lines.slice(at + 2, end)].map((row) => withoutMarks(row, link));
      plain.push(...tableLines(rows));
      at = end - 1;
      continue;
    }
    const shown = isCode ? line : plainLine(line, link);
    if (shown !== undefined) plain.push(shown);
  }
  return putBack(plain.join('\n'))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
