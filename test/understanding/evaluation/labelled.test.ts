import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { intentsOf, LabelledError, readLabelled } from '../../../src/understanding/evaluation/labelled.ts';

describe('labelled sets', () => {
  let directory: string;
  const write = (name: string, text: string) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'labelled-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const RASA =
    'version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      - 你好\n      - 尾号[7788](cardLast4)\n';

  it('are read from JSON lines', () => {
    const line = { text: '尾号7788', intent: 'unbind_how', entities: { cardLast4: '7788' }, suite: 'typo' };
    const path = write('a.jsonl', `${JSON.stringify(line)}\n\n`);
    expect(readLabelled(path)).to.deep.equal([line]);
  });

  it('are read from YAML as the phrases are, annotations taken out', () => {
    expect(readLabelled(write('a.yml', RASA)).map(({ text }) => text)).to.deep.equal(['你好', '尾号7788']);
  });

  it('are read from a whole directory', () => {
    mkdirSync(join(directory, 'topic'));
    write('topic/phrases.yml', RASA);
    write('b.jsonl', '{"text":"谢谢","intent":"thanks"}');
    write('notes.md', 'no set');
    expect(readLabelled(directory)).to.have.length(3);
  });

  it('may name intents of their own, which come after ours', () => {
    const path = write('a.jsonl', '{"text":"a","intent":"weather"}\n{"text":"b","intent":"greet"}');
    expect(intentsOf(readLabelled(path))).to.deep.equal(['greet', 'weather']);
  });

  for (const [what, content, where] of [
    ['no JSON', '{"text":"a","intent":"greet"}\nhello', ':2: not JSON'],
    ['a missing intent', '{"text":"a"}', ':1: '],
    ['an unknown entity', '{"text":"a","intent":"greet","entities":{"card":"1"}}', ':1: '],
  ] as const) {
    it(`are refused with file and line when there is ${what}`, () => {
      const path = write('a.jsonl', content);
      expect(() => readLabelled(path)).to.throw(LabelledError, `a.jsonl${where}`);
    });
  }

  it('are refused when a directory holds none', () => {
    expect(() => readLabelled(directory)).to.throw(LabelledError, 'no labelled file');
  });
});
