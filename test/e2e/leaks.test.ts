import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ProductServer, startServer } from '../support/server.ts';
import { Talk } from './direct-line.ts';

/** What a customer types, and what of it must be nowhere afterwards. */
const SECRETS: Record<string, { says: string; digits: string[] }> = {
  'a card number': { says: '我的卡号是6225760012349875', digits: ['6225760012349875', '622576001234'] },
  'a spaced card number': {
    says: '卡号 6222 0212 3456 7894 解绑不了',
    digits: ['6222 0212 3456 7894', '021234567894'],
  },
  'a full-width card number': {
    says: '卡号５２００８２８２８２８２８２１０',
    digits: ['５２００８２８２８２８２８２１０', '5200828282828210'],
  },
  'an ID number': { says: '身份证11010519491231002X', digits: ['11010519491231002', '19491231002'] },
  'a CVV': { says: '背面三位安全码是 739', digits: ['安全码是 739', '码是739'] },
  'an SMS code': { says: '短信验证码是 804615', digits: ['804615'] },
  'a password': { says: '我的交易密码是 Qz7!wolf93', digits: ['Qz7!wolf93', 'wolf93'] },
  'a phone number': { says: '手机号 13926481537', digits: ['13926481537', '26481537'] },
};
/** Not a secret: proves that the search finds what is kept. */
const MARKER = '紫藤花开了的时候';
const ENCODINGS = ['utf8', 'utf16le'] as const;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Where in the files and the output the words are, as bytes or as JSON writes them. */
function placesOf(words: string, sources: Map<string, Buffer>): string[] {
  const forms = [...ENCODINGS.map((encoding) => Buffer.from(words, encoding)), Buffer.from(escaped(words))];
  return [...sources].filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([name]) => name);
}

function escaped(words: string): string {
  return [...words].map((char) => (char > '~' ? `\\u${char.charCodeAt(0).toString(16)}` : char)).join('');
}

describe('what a customer should not have typed', function () {
  this.timeout(90_000);
  let server: ProductServer;
  let sources: Map<string, Buffer>;
  let transcript: string[];

  before(async () => {
    server = await startServer({ env: { LOG_LEVEL: 'trace' } });
    const talk = await Talk.begin(server.url, 'risk-lock');
    for (const { says } of Object.values(SECRETS)) await talk.ask(says);
    // Where an answer is kept in full: the reason of a case.
    for (const line of ['解绑一直失败', '现在申请', `${MARKER} 6225760012349875 密码 Qz7!wolf93`])
      await talk.ask(line);
    for (const { says } of Object.values(SECRETS)) await talk.ask(says);
    transcript = await talk.transcript();
    // Twice: once as written by a living process, once as a stopped one leaves it.
    const living = readAll('living');
    await server.kill('SIGTERM');
    sources = new Map([...living, ...readAll('stopped')]);
    sources.set('output', Buffer.from(server.output()));
  });
  after(async () => server?.stop());

  function readAll(when: string): [string, Buffer][] {
    return filesBelow(server.dataDir).map((path) => [
      `${when} ${path.slice(server.dataDir.length)}`,
      readFileSync(path),
    ]);
  }

  it('leaves the rest where it is kept, so that the search is worth something', () => {
    expect(placesOf(MARKER, sources).join('\n'))
      .to.match(/^living .*db/m)
      .and.to.match(/^stopped .*db/m);
    expect(server.output().length, 'the log at its most talkative').to.be.greaterThan(5000);
  });

  for (const [what, { digits }] of Object.entries(SECRETS)) {
    it(`leaves no trace of ${what} on disk, in the log or in the conversation`, () => {
      for (const secret of digits) {
        expect(placesOf(secret, sources), secret).to.deep.equal([]);
        expect(transcript.filter((line) => line.includes(secret))).to.deep.equal([]);
      }
    });
  }

  it('is pointed out to the customer', () => {
    expect(transcript.filter((line) => line.includes('请不要在聊天里发'))).to.not.have.length(0);
  });
});
