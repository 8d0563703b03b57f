import { expect } from 'chai';
import Fastify, { type FastifyInstance } from 'fastify';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { uploadRoutes } from '../../src/http/upload.ts';
import { CONSENT, Fixture } from '../documents/fixture.ts';
import { photo, plain } from '../documents/pictures.ts';

describe('uploads into real documents', function () {
  this.timeout(20_000);
  let database: Database;
  let fixture: Fixture;
  let app: FastifyInstance;
  let origin: string;

  before(async () => {
    database = await connect({ dataDir: 'memory://' });
    fixture = await Fixture.start(database);
    app = Fastify();
    await app.register(uploadRoutes, {
      documents: fixture.service,
      allowedOrigins: [],
      refusalText: (code) => code,
    });
    origin = await app.listen({ port: 0, host: '127.0.0.1' });
  });

  after(async () => {
    await app.close();
    await fixture.stop();
    await database.close();
  });

  async function post(uploadUrl: string, file: Uint8Array<ArrayBuffer>, name = '照片.jpg') {
    const form = new FormData();
    form.append('consentVersion', CONSENT);
    form.append('file', new Blob([file], { type: 'image/jpeg' }), name);
    const response = await fetch(origin + uploadUrl, { method: 'POST', body: form });
    return { status: response.status, body: JSON.stringify(await response.json()) };
  }

  it('takes a photo by the address that the dialog was given, and a retry of it', async () => {
    const draft = await fixture.draft();
    const { uploadUrl } = await fixture.open(draft);
    const picture = new Uint8Array(await photo(800, 640));
    const first = await post(uploadUrl, picture);
    expect(first.status).to.equal(201);
    expect(first.body).to.match(/^\{"documentId":"[0-9a-f-]{36}","slot":"id-front","warnings":\[\]\}$/);
    expect(await post(uploadUrl, picture)).to.deep.equal(first);
    const other = await post(uploadUrl, new Uint8Array(await plain(90)));
    expect(other.status).to.equal(409);
    expect(await fixture.documents(draft.caseId)).to.have.length(1);
  });

  it('refuses an SVG that calls itself a JPEG, and the slot stays open', async () => {
    const draft = await fixture.draft();
    const { uploadUrl } = await fixture.open(draft);
    const svg = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>',
    );
    expect(await post(uploadUrl, svg)).to.include({ status: 415 });
    expect(await post(uploadUrl, new Uint8Array(await plain(110)))).to.include({ status: 201 });
  });

  it('refuses a form larger than any picture may be, and stores nothing', async () => {
    const draft = await fixture.draft();
    const { uploadUrl } = await fixture.open(draft);
    expect(await post(uploadUrl, new Uint8Array(11 * 1024 * 1024))).to.include({ status: 413 });
    expect(await fixture.documents(draft.caseId)).to.deep.equal([]);
  });
});
