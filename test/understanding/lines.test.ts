import { expect } from 'chai';
import { MAX_LINE_BYTES, utteranceLines } from '../../src/understanding/lines.ts';

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  async function* source(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
  const lines: string[] = [];
  for await (const line of utteranceLines(source())) lines.push(line);
  return lines;
}

describe('lines of utterances', () => {
  it('end in LF, CRLF or with the stream', async () => {
    expect(await linesOf('你好\r\n转人工\n\n再见')).to.deep.equal(['你好', '转人工', '', '再见']);
  });

  it('may come in pieces that cut a character', async () => {
    const bytes = Buffer.from('解绑\n');
    expect(await linesOf(bytes.subarray(0, 2), bytes.subarray(2))).to.deep.equal(['解绑']);
  });

  it('show U+FFFD for bytes that are not UTF-8', async () => {
    expect(await linesOf(Uint8Array.of(0xff, 0x61, 0x0a))).to.deep.equal(['\ufffda']);
  });

  it('are cut after a megabyte, never inside a number, and the next line is whole', async () => {
    const long = `${'a'.repeat(MAX_LINE_BYTES - 8)}6222021234567894`;
    const [first, second] = await linesOf(long, long, '\n下一句');
    expect(first).to.equal('a'.repeat(MAX_LINE_BYTES - 8));
    expect(second).to.equal('下一句');
  });

  it('are none in an empty stream', async () => {
    expect(await linesOf('')).to.deep.equal([]);
  });
});
