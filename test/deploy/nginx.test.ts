import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { WebSocket, WebSocketServer } from 'ws';
import { makeCertificates } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { readCompose, textOf } from './files.ts';
import { type Behind, nginxProgram, type RunningNginx, startBehind, startProxy } from './proxy.ts';

const START = '/v3/directline/conversations';
const ACTIVITIES = `${START}/abc/activities`;

describe('nginx.conf', () => {
  const settings = textOf('nginx', 'nginx.conf');

  it('has the fixed addresses of compose.yaml', () => {
    const addresses = Object.values(readCompose()).flatMap(({ networks }) =>
      Array.isArray(networks) ? [] : Object.values(networks).map((network) => network.ipv4_address),
    );
    const servers = [...settings.matchAll(/^\s*server ([\d.]+):3978 /gm)].map((match) => match[1]);
    expect(servers).to.have.length(2);
    expect(addresses.filter(Boolean)).to.deep.equal(servers);
  });

  it('waits longer than two signs of life are apart, and longer than an upload may take', () => {
    const waits = [...settings.matchAll(/proxy_read_timeout (\d+)s;/g)].map((match) => Number(match[1]));
    expect(waits).to.deep.equal([75, 130]);
  });
});

describe('nginx.conf in nginx', function behindNginx() {
  const certificates = makeCertificates();
  let behind: [Behind, Behind] | undefined;
  const both = (): [Behind, Behind] => {
    if (!behind) throw new Error('nobody stands behind nginx');
    return behind;
  };
  let proxy: RunningNginx | undefined;
  const running = (): RunningNginx => {
    if (!proxy) throw new Error('nginx does not run');
    return proxy;
  };

  beforeEach(async function startAll() {
    this.timeout(60_000);
    behind = [await startBehind(), await startBehind()];
    proxy = await startProxy({ program: nginxProgram(), behind, certificates });
  });
  afterEach(async () => {
    await proxy?.stop();
    proxy = undefined;
    await Promise.all((behind ?? []).map((it) => it.close()));
  });

  async function ask(
    method: string,
    path: string,
    options: { headers?: object; body?: Buffer | string } = {},
  ) {
    const call = request(`${running().url}${path}`, {
      method,
      ca: certificates.ca,
      headers: { origin: 'https://shop.example', ...options.headers },
    });
    // A body that is refused is not read to its end.
    call.on('error', () => undefined);
    call.end(options.body ?? '');
    const [response] = await once(call, 'response');
    return { status: response.statusCode as number, headers: response.headers, body: await text(response) };
  }
  const all = (answer: Behind['answer']) => {
    for (const it of both()) it.answer = answer;
  };
  const receivedTogether = () => both().flatMap(({ received }) => received);

  const FAILURES: Record<string, (failing: Behind) => unknown> = {
    'is gone': (failing) => failing.close(),
    'says 503': (failing) => {
      failing.answer = (_request, response) => void response.writeHead(503).end('closing');
    },
    'dies over it': (failing) => {
      failing.answer = (incoming) => void incoming.socket.destroy();
    },
  };
  for (const [what, fail] of Object.entries(FAILURES)) {
    for (const which of [0, 1] as const) {
      it(`starts conversations and makes tokens on the other process when number ${which + 1} ${what}`, async () => {
        await fail(both()[which]);
        // Whichever is asked first.
        for (const path of [
          START,
          '/v3/directline/tokens/generate',
          '/v3/directline/tokens/refresh',
          START,
        ]) {
          expect((await ask('POST', path, { body: '{}' })).status, path).to.equal(200);
        }
      });
    }
  }

  it('asks who starts a conversation to try again when nobody is there, readable by other sites', async () => {
    all((_request, response) => void response.writeHead(503).end());
    for (const prepare of [async () => undefined, () => Promise.all(both().map((it) => it.close()))]) {
      await prepare();
      const { status, headers, body } = await ask('POST', START, { body: '{}' });
      expect(status).to.equal(429);
      expect(headers).to.include({
        'retry-after': '20',
        'access-control-allow-origin': 'https://shop.example',
        'access-control-allow-credentials': 'true',
      });
      expect(headers['content-type']).to.contain('application/json');
      expect(JSON.parse(body).error.code).to.equal('ServerBusy');
    }
  });

  it('takes a process that reports a store’s absence for alive', async () => {
    all((incoming, response) => {
      const isPage = incoming.url === '/widget.js';
      response.writeHead(isPage ? 200 : 503).end();
    });
    for (let n = 0; n < 4; n++) {
      expect((await ask('GET', `${START}/abc`)).status).to.equal(503);
      expect((await ask('GET', '/widget.js')).status).to.equal(200);
    }
    expect(receivedTogether()).to.have.length(8);
  });

  it('passes on every other refusal of the product as it is', async () => {
    all((_request, response) => void response.writeHead(403).end('{"error":{"code":"TokenExpired"}}'));
    const { status, body } = await ask('POST', START, { body: '{}' });
    expect([status, body]).to.deep.equal([403, '{"error":{"code":"TokenExpired"}}']);
  });

  it('never sends a message twice', async () => {
    all((incoming) => void incoming.socket.destroy());
    const { status, body } = await ask('POST', ACTIVITIES, { body: '{"type":"message"}' });
    expect(status).to.equal(503);
    expect(JSON.parse(body).error.code).to.equal('ServiceUnavailable');
    expect(receivedTogether()).to.deep.equal([`POST ${ACTIVITIES}`]);
  });

  it('answers polls with silence when nobody is there', async () => {
    await Promise.all(both().map((it) => it.close()));
    const poll = async (query: string) => {
      const { status, body } = await ask('GET', `${ACTIVITIES}${query}`);
      return [status, JSON.parse(body)];
    };
    expect(await poll('?watermark=17')).to.deep.equal([200, { activities: [], watermark: '17' }]);
    expect(await poll('?watermark=')).to.deep.equal([200, { activities: [], watermark: '0' }]);
    expect(await poll('?watermark=%22x')).to.deep.equal([200, { activities: [], watermark: '0' }]);
  });

  it('tells the processes who asked, whatever a client claims', async () => {
    let seen: IncomingHttpHeaders = {};
    all(({ headers }, response) => {
      seen = headers;
      response.end();
    });
    const claimed = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-host': 'evil', 'x-forwarded-proto': 'http' };
    await ask('GET', '/widget.js', { headers: claimed });
    const { host } = new URL(running().url);
    expect(seen).to.include({
      host,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': host,
      'x-forwarded-proto': 'https',
      connection: 'close',
    });
  });

  it('lets sockets through, and what they say', async () => {
    for (const { server } of both()) {
      new WebSocketServer({ server }).on('connection', (socket) => socket.send('hello'));
    }
    const address = `${running().url.replace('https', 'wss')}${START}/abc/stream?watermark=0&t=secret-ticket`;
    const socket = new WebSocket(address, { ca: certificates.ca });
    const [greeting] = await once(socket, 'message');
    expect(String(greeting)).to.equal('hello');
    socket.terminate();
    await eventually(() => expect(running().log()).to.contain(`${START}/abc/stream 101`));
    expect(running().log()).to.not.contain('secret-ticket');
  });

  it('takes uploads of 11 MB and refuses larger ones, and does not write tickets down', async () => {
    const upload = (megabytes: number) =>
      ask('POST', '/uploads/my-ticket', { body: Buffer.alloc(megabytes * 1024 * 1024) });
    expect((await upload(11)).status).to.equal(200);
    expect((await upload(12)).status).to.equal(413);
    await eventually(() => expect(running().log()).to.contain('POST /uploads/[ticket] 200'));
    expect(running().log()).to.not.contain('my-ticket');
    await ask('GET', '/api/console/chat-files/my-address');
    await eventually(() => expect(running().log()).to.contain('GET /api/console/chat-files/[ticket]'));
    expect(running().log()).to.not.contain('my-address');
  });

  it('keeps the operator’s addresses to itself and sends plain requests to TLS', async () => {
    for (const path of [
      '/metrics',
      '/readyz',
      '/healthz',
      '/metrics/',
      '//metrics',
      '/%6detrics',
      '/METRICS',
    ]) {
      const { status } = await ask('GET', path);
      if (path !== '/METRICS') expect(status, path).to.equal(404);
    }
    expect(receivedTogether()).to.deep.equal(['GET /METRICS']);
    const plain = await fetch(`${running().plainUrl}/widget/?a=b`, { redirect: 'manual' });
    expect([plain.status, plain.headers.get('location')]).to.deep.equal([
      301,
      'https://127.0.0.1/widget/?a=b',
    ]);
  });
});
