import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import { TOPIC_OF, TOPICS } from '../dialogs/index.ts';
import { INTENTS } from '../src/domain/intent.ts';
import { fromRoot } from '../src/root.ts';

/** Which part may import which; a part may always import itself and `src/root.ts`. */
const MAY_IMPORT: Record<string, string[]> = {
  'src/domain': [],
  locales: ['src/domain'],
  dialogs: ['src/domain', 'locales'],
  'src/understanding': ['src/domain'],
  'src/conversation': ['src/domain'],
  'src/platform': ['src/domain'],
  'src/database': ['src/domain'],
  'src/cases': ['src/domain', 'src/database'],
  'src/documents': ['src/domain', 'src/database'],
  'src/reminders': ['src/domain', 'src/database'],
  // The log that a replay reads is behind conversation's port.
  'src/insight': ['src/domain', 'src/database', 'src/conversation'],
  'src/staff': ['src/domain', 'src/database'],
  // A customer's own records, wherever they are kept; what was said is behind conversation's port.
  'src/customers': ['src/domain', 'src/database', 'src/conversation'],
  'src/handoff': ['src/domain', 'src/database'],
  'src/bot': ['src/domain', 'dialogs', 'src/conversation'],
  // Refusals that a customer reads come from locales, at whatever edge they are said.
  'src/channels': ['src/domain', 'src/conversation', 'locales'],
  'src/http': [
    'src/domain',
    'src/channels',
    'src/cases',
    'src/documents',
    'src/conversation',
    'src/insight',
    'src/staff',
    'locales',
  ],
  'src/console': [
    'src/domain',
    'src/staff',
    'src/handoff',
    'src/conversation',
    'src/cases',
    'src/documents',
    'src/customers',
    'src/insight',
    'locales',
  ],
  'src/web': ['src/domain'],
};

function filesBelow(folder: string): string[] {
  return readdirSync(fromRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const source = readFileSync(fromRoot(file), 'utf8');
  const paths = [...source.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');
  return paths.map((path) => relative(fromRoot(), resolve(dirname(fromRoot(file)), path)));
}

const partOf = (path: string) =>
  path.startsWith('src/') ? path.split('/').slice(0, 2).join('/') : path.split('/')[0];

describe('the house', () => {
  for (const [part, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${part} imports only ${allowed.join(', ') || 'itself'}`, () => {
      const strangers = filesBelow(part).flatMap((file) =>
        importsOf(file)
          .filter((path) => path !== 'src/root.ts')
          .filter((path) => ![part, ...allowed].includes(partOf(path) ?? ''))
          .map((path) => `${file} imports ${path}`),
      );
      expect(strangers).to.deep.equal([]);
    });
  }

  it('nobody imports main.ts', () => {
    const importers = ['src', 'dialogs', 'locales']
      .flatMap(filesBelow)
      .filter((file) => importsOf(file).includes('src/main.ts'));
    expect(importers).to.deep.equal([]);
  });

  it('only main.ts imports what it joins', () => {
    const importers = ['src', 'dialogs', 'locales']
      .flatMap(filesBelow)
      .filter((file) => file !== 'src/main.ts' && partOf(file) !== 'src/assembly')
      .filter((file) => importsOf(file).some((path) => partOf(path) === 'src/assembly'));
    expect(importers).to.deep.equal([]);
  });

  it('dialogs see no store, database, HTTP or channel package', () => {
    const forbidden = /from '(redis|pg|drizzle-orm|fastify|undici|@electric-sql|node:)/;
    expect(
      filesBelow('dialogs').filter((file) => forbidden.test(readFileSync(fromRoot(file), 'utf8'))),
    ).to.deep.equal([]);
  });

  for (const topic of TOPICS) {
    it(`${topic} has its dialog, phrases, texts and conversation test`, () => {
      const files = [
        `dialogs/${topic}/dialog.ts`,
        `dialogs/${topic}/phrases.yml`,
        `locales/zh-CN/${topic}.json`,
        `test/dialogs/${topic}.test.ts`,
      ];
      expect(files.filter((file) => !existsSync(fromRoot(file)))).to.deep.equal([]);
    });
  }

  it('every folder of dialogs is a topic, and every intent opens one', () => {
    const folders = readdirSync(fromRoot('dialogs'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(
      folders
        .map((folder) => folder.name)
        .filter((name) => name !== 'kit')
        .sort(),
    ).to.deep.equal([...TOPICS].sort());
    expect(Object.keys(TOPIC_OF).sort()).to.deep.equal([...INTENTS].sort());
  });

  it('only main.ts and the commands read process.env', () => {
    const readers = ['src', 'dialogs', 'locales']
      .flatMap(filesBelow)
      .filter((file) => /process\.env/.test(readFileSync(fromRoot(file), 'utf8')));
    expect(readers.filter((file) => file !== 'src/main.ts' && !file.startsWith('src/cli/'))).to.deep.equal(
      [],
    );
  });
});
