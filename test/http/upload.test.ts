import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import Fastify, { type FastifyInstance } from 'fastify';
import documentTexts from '../../locales/zh-CN/documents.json' with { type: 'json' };
import {
  MAX_UPLOAD_BYTES,
  UPLOAD_REFUSALS,
  type UploadOutcome,
  type UploadRefusal,
} from '../../src/domain/document.ts';
import { type TicketUploads, type UploadRoutesOptions, uploadRoutes } from '../../src/http/upload.ts';

const TICKET = 'tickettickettickettickettickettickettickett';
const ORIGIN = 'https://shop.example';
const stored: UploadOutcome = {
  kind: 'stored',
  documentId: 'document-1',
  draftId: 'draft-1',
  slot: 'id-front',
  warnings: ['blurred'],
};

type Received = Parameters<TicketUploads['receiveTicket']>[0];

/** Stands for the documents service: notes what it was given. */
class FakeDocuments implements TicketUploads {
  received: Received[] = [];
  tickets = [TICKET];
  refusal: UploadRefusal | undefined;
  outcome: UploadOutcome = stored;
  fault: Error | undefined;

  async checkTicket(ticket: string): Promise<UploadRefusal | undefined> {
    return this.tickets.includes(ticket) ? this.refusal : 'TicketUnknown';
  }

  async receiveTicket(upload: Received): Promise<UploadOutcome> {
    this.received.push(upload);
    if (this.fault) throw this.fault;
    return this.outcome;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited twenty seconds in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('POST /uploads/:ticket', () => {
  let app: FastifyInstance;
  let documents: FakeDocuments;
  let url: string;
  let log: string;

  async function start(options: Partial<UploadRoutesOptions> = {}): Promise<void> {
    log = '';
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        log += chunk.toString();
        done();
      },
    });
    documents = new FakeDocuments();
    app = Fastify({ logger: { level: 'trace', stream } });
    await app.register(uploadRoutes, {
      documents,
      allowedOrigins: [ORIGIN],
      refusalText: (code) => `文案:${code}`,
      ...options,
    });
    url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/uploads/${TICKET}`;
  }

  beforeEach(() => start());
  afterEach(() => app.close());

  function form(parts: [name: string, value: string | Blob][]): FormData {
    const data = new FormData();
    for (const [name, value] of parts) {
      if (typeof value === 'string') data.append(name, value);
      else data.append(name, value, '身份证正面.jpg');
    }
    return data;
  }

  async function post(body: FormData | string, headers: Record<string, string> = {}) {
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
  }

  const picture = new Blob(['picture'], { type: 'text/html' });
  const problem = (code: string) => ({ error: { code, message: `文案:${code}` } });

  it('has a sentence for every problem', () => {
    const texts: Record<string, string> = documentTexts;
    for (const code of [...UPLOAD_REFUSALS, 'OneFileOnly', 'FormInvalid']) {
      expect(texts[code], code).to.match(/[。!?]$/);
    }
  });

  it('words a refusal in the language the page asks for', async () => {
    await app.close();
    await start({ refusalText: (code, locale) => `${locale}:${code}` });
    const { body } = await post(form([]), { 'accept-language': 'zh-Hant-TW,zh;q=0.9' });
    expect(body).to.deep.equal({ error: { code: 'FileMissing', message: 'zh-TW:FileMissing' } });
  });

  it('hands over ticket, consent and bytes, and answers 201 with the document', async () => {
    const { status, headers, body } = await post(
      form([
        ['consentVersion', 'v1'],
        ['file', picture],
      ]),
    );
    expect(status).to.equal(201);
    expect(body).to.deep.equal({ documentId: 'document-1', slot: 'id-front', warnings: ['blurred'] });
    expect(headers.get('cache-control')).to.equal('no-store');
    const [upload] = documents.received;
    expect(upload).to.include({ ticket: TICKET, consentVersion: 'v1' });
    expect(Buffer.from(upload?.file ?? []).toString()).to.equal('picture');
  });

  it('takes consent after the file as well, and none at all', async () => {
    await post(
      form([
        ['file', picture],
        ['consentVersion', 'v1'],
      ]),
    );
    await post(form([['file', picture]]));
    expect(documents.received.map((upload) => upload.consentVersion)).to.deep.equal(['v1', undefined]);
  });

  it('answers each refusal with its status, code and text', async () => {
    const statuses: [UploadRefusal, number][] = [
      ['SlotAlreadyFilled', 409],
      ['ConsentRequired', 403],
      ['TypeNotAccepted', 415],
      ['PictureUnreadable', 422],
      ['TooManyUploads', 429],
      ['StorageUnavailable', 503],
    ];
    for (const [code, expected] of statuses) {
      documents.outcome = { kind: 'refused', code };
      const { status, body } = await post(form([['file', picture]]));
      expect(body).to.deep.equal(problem(code));
      expect(status).to.equal(expected);
    }
  });

  it('refuses a bad ticket before it reads the form', async () => {
    documents.refusal = 'TicketExpired';
    expect(await post(form([['file', picture]]))).to.deep.include({
      status: 410,
      body: problem('TicketExpired'),
    });
    url = url.replace(TICKET, 'guess');
    expect(await post(form([['file', picture]]))).to.deep.include({
      status: 404,
      body: problem('TicketUnknown'),
    });
    expect(documents.received).to.deep.equal([]);
  });

  it('tells clearly what is wrong with a form', async () => {
    const forms: [FormData | string, Record<string, string>, number, string][] = [
      [form([['consentVersion', 'v1']]), {}, 400, 'FileMissing'],
      [form([['file', 'text, not a file']]), {}, 400, 'FileMissing'],
      [form([['other', picture]]), {}, 400, 'FileMissing'],
      [
        form([
          ['file', picture],
          ['file', picture],
        ]),
        {},
        400,
        'OneFileOnly',
      ],
      [
        form([
          ['a', '1'],
          ['b', '2'],
          ['c', '3'],
          ['file', picture],
        ]),
        {},
        400,
        'FormInvalid',
      ],
      [
        form([
          ['__proto__', '1'],
          ['file', picture],
        ]),
        {},
        400,
        'FormInvalid',
      ],
      ['{"file":"', { 'content-type': 'application/json' }, 400, 'FormInvalid'],
      ['<file/>', { 'content-type': 'application/xml' }, 400, 'FormInvalid'],
      ['--x\r\nrubbish', { 'content-type': 'multipart/form-data; boundary=x' }, 400, 'FormInvalid'],
      ['rubbish', { 'content-type': 'multipart/form-data' }, 400, 'FormInvalid'],
      ['', { 'content-type': 'multipart/form-data; boundary=x' }, 400, 'FileMissing'],
    ];
    for (const [body, headers, status, code] of forms) {
      expect(await post(body, headers), code).to.deep.include({ status, body: problem(code) });
    }
    expect(documents.received).to.deep.equal([]);
  });

  it('takes 10 MB exactly, and no more, with or without an announced length', async () => {
    const exactly = new Blob([new Uint8Array(MAX_UPLOAD_BYTES)]);
    expect(await post(form([['file', exactly]]))).to.include({ status: 201 });
    expect(documents.received[0]?.file).to.have.length(MAX_UPLOAD_BYTES);

    const above = await app.inject({
      method: 'POST',
      url: `/uploads/${TICKET}`,
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'transfer-encoding': 'chunked' },
      payload: Buffer.concat([
        Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'),
        Buffer.alloc(11 * 1024 * 1024),
        Buffer.from('\r\n--x--\r\n'),
      ]),
    });
    expect([above.statusCode, above.json()]).to.deep.equal([413, problem('FileTooLarge')]);

    const announced = await post(form([['file', new Blob([new Uint8Array(11 * 1024 * 1024)])]]));
    expect(announced).to.deep.include({ status: 413, body: problem('FileTooLarge') });
    expect(documents.received).to.have.length(1);
  });

  /** Starts a form over a bare socket and leaves it unfinished. */
  async function unfinished() {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => {});
    const head = `POST /uploads/${TICKET} HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 5000\r\n\r\n`;
    const file = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhalf a pict';
    socket.write(head + file);
    await until(() => log.includes('starting multipart parsing'));
    return socket;
  }

  it('hangs up on a client that does not finish its form in time', async () => {
    await app.close();
    await start({ readTimeoutMs: 50 });
    const socket = await unfinished();
    await once(socket, 'close');
    expect(documents.received).to.deep.equal([]);
  });

  it('reads only so many uploads at once, and keeps nothing of one that breaks off', async () => {
    await app.close();
    await start({ maxConcurrent: 1 });
    const socket = await unfinished();
    const { status, headers, body } = await post(form([['file', picture]]));
    expect([status, headers.get('retry-after')]).to.deep.equal([429, '60']);
    expect(body).to.deep.equal(problem('TooManyUploads'));

    socket.destroy();
    const deadline = Date.now() + 15_000;
    let last = status;
    while (last !== 201 && Date.now() < deadline) last = (await post(form([['file', picture]]))).status;
    expect(last).to.equal(201);
    expect(documents.received.map((upload) => Buffer.from(upload.file).toString())).to.deep.equal([
      'picture',
    ]);
  });

  it('keeps places for others while one ticket’s uploads are slow', async () => {
    await app.close();
    await start({ maxConcurrent: 2, maxPerTicket: 1 });
    const socket = await unfinished();
    try {
      expect((await post(form([['file', picture]]))).status).to.equal(429);
      documents.tickets.push('b'.repeat(43));
      const another = await fetch(url.replace(TICKET, 'b'.repeat(43)), {
        method: 'POST',
        body: form([['file', picture]]),
      });
      expect(another.status).to.equal(201);
    } finally {
      socket.destroy();
    }
  });

  it('lets only pages of the allowed origins read the answer', async () => {
    const allowed = (await post(form([['file', picture]]), { origin: ORIGIN })).headers;
    expect(allowed.get('access-control-allow-origin')).to.equal(ORIGIN);
    expect(allowed.get('vary')).to.equal('origin');
    const foreign = (await post(form([['file', picture]]), { origin: 'https://evil.example' })).headers;
    expect(foreign.get('access-control-allow-origin')).to.equal(null);

    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin: ORIGIN, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).to.equal(204);
    expect(preflight.headers.get('access-control-allow-methods')).to.equal('POST');
  });

  it('says in its own words that the database is away, and logs why', async () => {
    documents.fault = new Error('database gone');
    const answer = await fetch(url, { method: 'POST', body: form([['file', picture]]) });
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).to.deep.equal([
      503,
      '60',
      { error: { code: 'StorageUnavailable', message: '文案:StorageUnavailable' } },
    ]);
    expect(log).to.include('database gone');
  });

  it('writes neither ticket nor file name to the log, whatever is asked', async () => {
    await post(form([['file', picture]]));
    documents.fault = new Error('database gone');
    expect(await post(form([['file', picture]]))).to.include({ status: 503 });
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const { status } = await fetch(url, { method });
      expect(status, method).to.equal(method === 'OPTIONS' ? 204 : 405);
    }
    expect(log).to.include('incoming request');
    expect(log).not.to.include(TICKET);
    expect(log).not.to.include('身份证');
  });
});
