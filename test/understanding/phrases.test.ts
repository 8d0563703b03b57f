import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { INTENTS, type Intent } from '../../src/domain/intent.ts';
import { loadPhrases, PhrasesError } from '../../src/understanding/phrases.ts';

describe('phrases', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'phrases-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function write(topic: string, content: string): void {
    mkdirSync(join(directory, topic), { recursive: true });
    writeFileSync(join(directory, topic, 'phrases.yml'), content);
  }

  function phrasesFile(examples: Partial<Record<Intent, string[]>>): string {
    const entries = Object.entries(examples).map(
      ([intent, texts]) =>
        `  - intent: ${intent}\n    examples: |\n${texts.map((t) => `      - ${t}\n`).join('')}`,
    );
    return `version: "3.1"\nnlu:\n${entries.join('')}`;
  }

  const NO_LIMITS = { perIntent: 0, outOfScope: 0 };

  it('reads every topic and strips entity annotations', () => {
    write('risk-lock', phrasesFile({ fail_risk: ['弹窗说账户存在风险', '尾号[7788](cardLast4)的解绑不了'] }));
    write('handoff', phrasesFile({ human_agent: ['转人工'] }));
    mkdirSync(join(directory, 'kit'));
    expect(loadPhrases(directory, NO_LIMITS)).to.deep.equal([
      { text: '转人工', intent: 'human_agent', file: 'handoff/phrases.yml' },
      { text: '弹窗说账户存在风险', intent: 'fail_risk', file: 'risk-lock/phrases.yml' },
      { text: '尾号7788的解绑不了', intent: 'fail_risk', file: 'risk-lock/phrases.yml' },
    ]);
  });

  it('names both files of a phrase that stands under two intents', () => {
    write('a', phrasesFile({ cancel: ['算 了'] }));
    write('b', phrasesFile({ restart: ['算了'] }));
    expect(() => loadPhrases(directory, NO_LIMITS)).to.throw(
      PhrasesError,
      '"算了" stands under two intents: cancel in a/phrases.yml, restart in b/phrases.yml',
    );
  });

  it('refuses a phrase that stands twice', () => {
    write('a', phrasesFile({ cancel: ['算了', '算了'] }));
    expect(() => loadPhrases(directory, NO_LIMITS)).to.throw(PhrasesError, '"算了" stands twice');
  });

  it('names the intents with too few phrases', () => {
    const many = Object.fromEntries(
      INTENTS.map((intent) => [intent, Array.from({ length: 30 }, (_, i) => `${intent} ${i}`)]),
    );
    write('all', phrasesFile({ ...many, cancel: ['算了'] }));
    expect(() => loadPhrases(directory))
      .to.throw(PhrasesError)
      .with.property('message')
      .that.includes('cancel has 1 phrases, at least 30 are needed')
      .and.includes('out_of_scope has 30 phrases, at least 150 are needed');
  });

  it('names the file with an intent that does not exist', () => {
    write('a', phrasesFile({ cancel: ['算了'] }).replace('cancel', 'cancle'));
    expect(() => loadPhrases(directory, NO_LIMITS)).to.throw(PhrasesError, 'a/phrases.yml');
  });

  it('is in order as the repository has it', () => {
    const phrases = loadPhrases();
    expect(new Set(phrases.map((phrase) => phrase.intent)).size).to.equal(INTENTS.length);
  });
});
