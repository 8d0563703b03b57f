import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type AppOptions, buildApp } from '../../src/http/app.ts';

describe('the HTTP app', () => {
  const apps: FastifyInstance[] = [];
  const log: string[] = [];
  let web: string;

  before(async () => {
    web = await mkdtemp(join(tmpdir(), 'web-'));
    await mkdir(join(web, 'widget'));
    await mkdir(join(web, 'assets'));
    await writeFile(join(web, 'index.html'), '<title>shop</title>');
    await writeFile(join(web, 'widget.js'), 'load()');
    await writeFile(join(web, 'widget/index.html'), '<title>chat</title>');
    await writeFile(join(web, 'assets/app-4f3a.js'), 'run()');
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
    log.length = 0;
  });
  after(() => rm(web, { recursive: true }));

  /** A listening app with these options and routes, and its address. */
  async function serve(options: Partial<AppOptions> = {}, routes?: (app: FastifyInstance) => void) {
    const app = buildApp({
      logging: { level: 'info', destination: { write: (line) => log.push(line) } },
      health: { checks: [] },
      ...options,
    });
    apps.push(app);
    if (routes) app.register(async (scope) => routes(scope));
    return app.listen({ port: 0, host: '127.0.0.1' });
  }
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server says is looked at by the tests
  const json = async (response: Response): Promise<any> => response.json();

  const demo: AppOptions['demo'] = {
    customers: [{ id: 'risk-lock', title: '账户被风控锁定' }],
    issue: async ({ customerId }) => ({ token: `token-of-${customerId}`, expires_in: 1800 }),
  };

  describe('errors', () => {
    const routes = (app: FastifyInstance) => {
      app.get('/fault', async () => {
        throw new Error('password is hunter2');
      });
      app.get('/exposed', async () => {
        throw Object.assign(new Error('稍后再试'), {
          statusCode: 429,
          code: 'Busy',
          expose: true,
          retryAfterSeconds: 7,
        });
      });
      app.get('/zod', async () => z.object({ a: z.string() }).parse({ a: 6222021234567890 }));
      app.get('/status', async () => {
        throw Object.assign(new Error('quotes the request'), { statusCode: 401 });
      });
      app.post('/echo', async (request) => request.body);
    };
    const table: [string, string, RequestInit, number, string][] = [
      ['what nobody expected', '/fault', {}, 500, 'InternalError'],
      ['an error that speaks for itself', '/exposed', {}, 429, 'Busy'],
      ['a value that does not fit', '/zod', {}, 400, 'BadRequest'],
      ['a status only', '/status', {}, 401, 'Unauthorized'],
      [
        'malformed JSON',
        '/echo',
        { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
        400,
        'BadRequest',
      ],
      [
        'a body over the limit',
        '/echo',
        { method: 'POST', body: `"${'x'.repeat(2 << 20)}"`, headers: { 'content-type': 'application/json' } },
        413,
        'BodyTooLarge',
      ],
      [
        'a type not taken',
        '/echo',
        { method: 'POST', body: '<a/>', headers: { 'content-type': 'application/xml' } },
        415,
        'UnsupportedMediaType',
      ],
      ['an unknown address', '/nothing', {}, 404, 'NotFound'],
      ['an address that cannot be decoded', '/%E0%A4%A', {}, 400, 'BadRequest'],
    ];
    for (const [name, path, init, status, code] of table) {
      it(`${name} is ${status} ${code}`, async () => {
        const response = await fetch((await serve({}, routes)) + path, init);
        const body = await json(response);
        expect([response.status, body.error.code]).to.deep.equal([status, code]);
        expect(Object.keys(body)).to.deep.equal(['error']);
        expect(body.error.message)
          .to.be.a('string')
          .and.not.match(/hunter2|6222|quotes/);
      });
    }

    it('a wait is told in Retry-After', async () => {
      const response = await fetch(`${await serve({}, routes)}/exposed`);
      expect(response.headers.get('retry-after')).to.equal('7');
      expect((await json(response)).error.message).to.equal('稍后再试');
    });

    it('faults are logged, refusals are not errors', async () => {
      const address = await serve({}, routes);
      await fetch(`${address}/fault`);
      await fetch(`${address}/exposed`);
      const levels = log.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
      expect(levels.map(({ msg }) => msg)).to.deep.equal(['request failed']);
    });
  });

  describe('the log', () => {
    it('has no query, ticket, credential or address of the caller', async () => {
      const address = await serve({}, (app) => {
        app.get('/upload/:ticket/form', async (request) => {
          request.log.info(
            { authorization: 'Bearer abc', headers: { cookie: 'c=abc' }, token: 'abc' },
            'told',
          );
          return '';
        });
      });
      await fetch(`${address}/upload/abc-ticket/form?t=abc-query`, {
        headers: { authorization: 'Bearer abc' },
      });
      const lines = log.join('');
      expect(lines).to.include('/upload/[ticket]/form').and.include('[redacted]');
      expect(lines).to.not.include('abc');
      expect(lines).to.not.include('remoteAddress');
    });
  });

  describe('the log of what went wrong', () => {
    it('has no upload ticket, wherever an address holds one', async () => {
      const address = await serve();
      for (const path of [
        '/uploads/abc-ticket/',
        '//uploads/abc-ticket',
        '/uploads/abc-ticket/x',
        '/x/Uploads//abc-ticket',
      ])
        expect((await fetch(address + path, { method: 'POST' })).status).to.equal(404);
      expect(log.join('')).to.include('[ticket]').and.not.include('abc');
    });

    it('knows conversations in messaging apps apart, and not whose they are', async () => {
      const ids = ['azure-msteams:a:1:customer-1', 'azure-msteams:a:1:customer-2', 'AbC-web'];
      const address = await serve({}, (app) => {
        app.get('/', async ({ log }) => {
          for (const conversationId of ids) log.error({ conversationId }, 'delivering failed');
        });
      });
      await fetch(address);
      const lines = log.map((line): { msg: string; conversationId: string } => JSON.parse(line));
      const told = lines.filter(({ msg }) => msg === 'delivering failed').map((it) => it.conversationId);
      expect(new Set(told).size).to.equal(3);
      expect(told[0]).to.match(/^azure-msteams:#[\w-]{12}$/);
      expect(told[2]).to.equal('AbC-web');
      expect(log.join('')).to.not.include('customer-');
    });

    it('has neither the statement nor the values of a database error', async () => {
      const address = await serve({}, (app) => {
        app.get('/', async () => {
          const said = {
            code: '53100',
            query: 'insert abc',
            params: ['abc'],
            detail: 'Key (abc)',
            where: 'abc',
          };
          throw Object.assign(new Error('disk full'), said);
        });
      });
      await fetch(address);
      expect(log.join('')).to.include('disk full').and.include('53100').and.not.include('abc');
    });
  });

  describe('health', () => {
    const never = () => new Promise(() => {});

    it('/healthz says the process lives', async () => {
      const response = await fetch(`${await serve()}/healthz`);
      expect([response.status, await json(response)]).to.deep.equal([200, { status: 'alive' }]);
    });

    it('/readyz is 200 when every check passes', async () => {
      const checks = [{ name: 'store', check: async () => undefined }];
      const response = await fetch(`${await serve({ health: { checks } })}/readyz`);
      expect([response.status, await json(response)]).to.deep.equal([
        200,
        { status: 'ready', checks: { store: 'ok' } },
      ]);
    });

    it('/readyz is 503 and names what failed or hangs, without its words', async () => {
      const checks = [
        { name: 'store', check: () => Promise.reject(new Error('redis://user:pw@host')) },
        {
          name: 'model',
          check: (): Promise<void> => {
            throw new Error('at once');
          },
        },
        { name: 'database', check: never },
        { name: 'blobs', check: async () => 1 },
      ];
      const response = await fetch(`${await serve({ health: { checks, checkTimeoutMs: 30 } })}/readyz`);
      expect(response.status).to.equal(503);
      expect((await json(response)).checks).to.deep.equal({
        store: 'failed',
        model: 'failed',
        database: 'timed out',
        blobs: 'ok',
      });
      expect(log.join('')).to.not.include('redis://');
    });

    it('/metrics counts requests by route, not by address', async () => {
      const address = await serve({}, (app) => {
        app.get('/things/:id', async () => 'x');
      });
      await fetch(`${address}/things/42`);
      await fetch(`${address}/nothing/43`);
      const metrics = await (await fetch(`${address}/metrics`)).text();
      expect(metrics).to.include('process_cpu_user_seconds_total');
      expect(metrics).to.include(
        'http_request_duration_seconds_count{method="GET",route="/things/:id",status="200"} 1',
      );
      expect(metrics).to.not.include('/nothing');
      expect(metrics).to.not.include('/things/42');
    });
  });

  describe('pages', () => {
    const embedder = 'https://shop.example';
    const pages = () => serve({ web: { root: web, frameAncestors: [embedder] }, demo });

    it('the loader may be used on other sites and is asked for again soon', async () => {
      const response = await fetch(`${await pages()}/widget.js`);
      expect(await response.text()).to.equal('load()');
      expect(response.headers.get('cache-control')).to.equal('public, max-age=300');
      expect(response.headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
      expect(response.headers.get('content-type')).to.include('javascript');
    });

    it('the widget may be framed by the embedder, other pages only by ourselves', async () => {
      const address = await pages();
      const policy = async (path: string) =>
        (await fetch(address + path)).headers.get('content-security-policy');
      expect(await policy('/widget/')).to.include(`frame-ancestors 'self' ${embedder}`);
      for (const path of ['/', '/healthz', '/nothing']) {
        expect(await policy(path)).to.match(/frame-ancestors 'self'$/);
      }
      const { headers } = await fetch(`${address}/widget/`);
      expect(headers.get('x-frame-options')).to.equal(null);
      expect(headers.get('cache-control')).to.equal('no-cache');
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
    });

    it('/widget leads to /widget/', async () => {
      const response = await fetch(`${await pages()}/widget`);
      expect([response.status, await response.text()]).to.deep.equal([200, '<title>chat</title>']);
    });

    it('files with a hash in their name are kept for ever', async () => {
      const response = await fetch(`${await pages()}/assets/app-4f3a.js`);
      expect(response.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
    });

    it('a file that is not there, or outside, is 404 and not kept', async () => {
      const address = await pages();
      for (const path of ['/assets/none.js', '/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/index.html']) {
        const response = await fetch(address + path);
        expect(response.status, path).to.be.oneOf([403, 404]);
        expect((await json(response)).error.code).to.be.oneOf(['Forbidden', 'NotFound']);
        expect(response.headers.get('cache-control') ?? '').to.not.include('immutable');
      }
    });

    it('the demo shop is there in demo mode only', async () => {
      expect(await (await fetch(`${await pages()}/`)).text()).to.equal('<title>shop</title>');
      const plain = await serve({ web: { root: web, frameAncestors: [] } });
      expect((await fetch(`${plain}/`)).status).to.equal(404);
    });
  });

  describe('demo', () => {
    it('gives a token of a sandbox customer', async () => {
      const body = await json(await fetch(`${await serve({ demo })}/demo/token?customer=risk-lock`));
      expect(body).to.have.all.keys('token', 'conversationId', 'userId', 'expires_in');
      expect(body).to.include({ token: 'token-of-risk-lock', expires_in: 1800 });
      expect(body.userId).to.match(/^dl_\w+$/);
    });

    it('without a customer, of an anonymous visitor', async () => {
      const body = await json(await fetch(`${await serve({ demo })}/demo/token`));
      expect(body.token).to.equal('token-of-undefined');
    });

    it('an unknown customer is 404 and says who there is', async () => {
      const response = await fetch(`${await serve({ demo })}/demo/token?customer=nobody`);
      const { error } = await json(response);
      expect([response.status, error.code]).to.deep.equal([404, 'UnknownCustomer']);
      expect(error.message).to.include('risk-lock');
    });

    it('lists the customers for the picker', async () => {
      const body = await json(await fetch(`${await serve({ demo })}/demo/customers`));
      expect(body).to.deep.equal({ customers: demo?.customers });
    });

    it('is not there outside of demo mode', async () => {
      const address = await serve();
      expect((await fetch(`${address}/demo/token`)).status).to.equal(404);
      expect((await fetch(`${address}/demo/customers`)).status).to.equal(404);
    });
  });
});
