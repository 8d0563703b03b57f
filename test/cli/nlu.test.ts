import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { fromRoot } from '../../src/root.ts';

function nlu(input: Uint8Array | string): { status: number | null; lines: Record<string, unknown>[] } {
  const run = spawnSync(process.execPath, ['--import=tsx', fromRoot('src', 'cli', 'nlu.ts')], {
    cwd: fromRoot(),
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = run.stdout.toString('utf8').split('\n').filter(Boolean);
  return { status: run.status, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('npm run nlu', function () {
  this.timeout(60_000);

  it('prints one JSON line per line, with the fields of the interface and nothing else', () => {
    const { status, lines } = nlu('怎么解绑招行尾号7788\r\n\n卡号6222021234567894\n');
    expect(status).to.equal(0);
    expect(lines).to.have.length(3);
    for (const line of lines) {
      expect(Object.keys(line)).to.deep.equal([
        'text',
        'intent',
        'confidence',
        'decision',
        'ranking',
        'entities',
        'sensitive',
      ]);
    }
    expect(lines[0]).to.deep.include({
      intent: 'unbind_how',
      entities: { cardLast4: '7788', bank: '招商银行' },
    });
    expect(lines[1]).to.deep.include({ text: '', decision: 'reject' });
    expect(lines[2]).to.deep.include({ text: '卡号****7894', sensitive: ['pan'] });
  });

  it('survives bytes that are not UTF-8 and a line of two megabytes', () => {
    const input = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.alloc(2 * 1024 * 1024, '解'),
      Buffer.from('\n转人工'),
    ]);
    const { status, lines } = nlu(input);
    expect(status).to.equal(0);
    expect(lines).to.have.length(3);
    expect(lines[2]).to.deep.include({ text: '转人工', intent: 'human_agent', decision: 'accept' });
  });
});
