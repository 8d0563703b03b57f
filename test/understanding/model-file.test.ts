import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadUnderstanding } from '../../src/understanding/index.ts';
import { PhrasesError } from '../../src/understanding/phrases.ts';
import { trainModel } from '../../src/understanding/train.ts';
import { writeSmallPhrases } from './small-phrases.ts';

describe('the model file', function () {
  this.timeout(60_000);
  let directory: string;
  let modelFile: string;
  let trained: Buffer;
  let phrasesDir: string;

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'model-'));
    modelFile = join(directory, 'model.bin');
    phrasesDir = writeSmallPhrases(join(directory, 'phrases'));
    trainModel({ phrasesDir, modelFile });
    trained = readFileSync(modelFile);
  });
  beforeEach(() => writeFileSync(modelFile, trained));
  after(() => rmSync(directory, { recursive: true, force: true }));

  it('is the same, byte for byte, after a second training', () => {
    const second = join(directory, 'second.bin');
    trainModel({ phrasesDir, modelFile: second });
    expect(readFileSync(second).equals(trained)).to.equal(true);
  });

  it('is read without a word when it fits the phrases', () => {
    const said: string[] = [];
    const { kind } = loadUnderstanding({ phrasesDir, modelFile, log: (message) => said.push(message) });
    expect({ kind, said }).to.deep.equal({ kind: 'committee', said: [] });
  });

  const withHeader = (pattern: RegExp, replacement: string) => {
    const end = trained.indexOf(0x0a);
    const header = trained.toString('utf8', 0, end).replace(pattern, replacement);
    return Buffer.concat([Buffer.from(header), trained.subarray(end)]);
  };
  const DAMAGE: Record<string, () => string | Buffer | undefined> = {
    missing: () => undefined,
    empty: () => '',
    'cut in half': () => trained.subarray(0, trained.length / 2),
    'longer than it says': () => Buffer.concat([trained, Buffer.alloc(4)]),
    'changed in one number': () => Buffer.concat([trained.subarray(0, -4), Buffer.alloc(4, 0x3f)]),
    'changed in one word': () => {
      const at = trained.indexOf(0x0a) + 3;
      return Buffer.concat([trained.subarray(0, at), Buffer.from('x'), trained.subarray(at + 1)]);
    },
    'full of zeros': () => Buffer.alloc(trained.length),
    'of other phrases': () => withHeader(/"corpusHash":"..../, '"corpusHash":"0000'),
    'of another version': () => withHeader(/"format":\d/, '"format":1'),
    'with fewer words than it says': () => withHeader(/"repeated":\d+/, '"repeated":9999999'),
    'another document': () => '{"format":1}',
  };
  for (const [name, content] of Object.entries(DAMAGE)) {
    it(`is written anew when it is ${name}`, () => {
      const text = content();
      if (text === undefined) rmSync(modelFile);
      else writeFileSync(modelFile, text);
      const said: string[] = [];
      const loaded = loadUnderstanding({ phrasesDir, modelFile, log: (message) => said.push(message) });
      expect(loaded.kind).to.equal('committee');
      expect(said).to.have.length(1);
      expect(readFileSync(modelFile).equals(trained)).to.equal(true);
      expect(readdirSync(directory).filter((file) => file.endsWith('.tmp'))).to.deep.equal([]);
    });
  }

  it('may be impossible to write: the model still serves', () => {
    const blocked = join(directory, 'blocked');
    writeFileSync(blocked, 'a file, not a directory');
    const said: string[] = [];
    const loaded = loadUnderstanding({
      phrasesDir,
      modelFile: join(blocked, 'model.bin'),
      log: (message) => said.push(message),
    });
    expect(loaded.understand('转人工').intent).to.equal('human_agent');
    expect(said.at(-1)).to.include('cannot be saved');
    chmodSync(blocked, 0o600);
  });

  it('cannot stand in for phrases that are damaged', () => {
    const damaged = mkdtempSync(join(tmpdir(), 'phrases-'));
    writeSmallPhrases(damaged);
    writeFileSync(join(damaged, 'topic', 'phrases.yml'), 'version: "3.1"\nnlu: [oops');
    try {
      expect(() => loadUnderstanding({ phrasesDir: damaged, modelFile })).to.throw(
        PhrasesError,
        'topic/phrases.yml',
      );
    } finally {
      rmSync(damaged, { recursive: true, force: true });
    }
  });
});
