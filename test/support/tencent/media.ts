import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

interface Stored {
  name: string;
  contentType: string;
  bytes: Buffer;
}

type Check = (query: unknown) => { errcode: number; errmsg: string } | undefined;

/** What is uploaded to a platform and sent to it by customers. */
export interface Media {
  put(id: string, file: Stored): void;
  readonly uploads: (Stored & { type: string })[];
  /** Ids of what was asked for. */
  readonly fetched: string[];
  /** Adds the addresses; whoever has a good token at one of the platforms is let in. */
  serve(check: Check): void;
}

async function fileIn(request: FastifyRequest): Promise<Stored | undefined> {
  for await (const part of request.parts()) {
    if (part.type !== 'file') continue;
    const bytes = await part.toBuffer();
    if (part.fieldname === 'media') return { name: part.filename, contentType: part.mimetype, bytes };
  }
  return undefined;
}

/** Media endpoints: they tell of errors with status 200. */
export function addMedia(app: FastifyInstance): Media {
  const files = new Map<string, Stored>();
  const uploads: (Stored & { type: string })[] = [];
  const fetched: string[] = [];
  const checks: Check[] = [];
  const refuse = (query: unknown) => {
    const faults = checks.map((check) => check(query));
    return faults.includes(undefined) ? undefined : faults[0];
  };

  app.post('/cgi-bin/media/upload', async (request) => {
    const fault = refuse(request.query);
    const file = await fileIn(request);
    if (fault) return fault;
    const { type } = z.looseObject({ type: z.string() }).parse(request.query);
    if (!file || file.bytes.length <= 5) return { errcode: 40006, errmsg: 'invalid meida size' };
    uploads.push({ ...file, type });
    const id = `media-${uploads.length}`;
    files.set(id, file);
    return { type, media_id: id, created_at: Math.floor(Date.now() / 1000) };
  });

  app.get('/cgi-bin/media/get', async (request, reply) => {
    const fault = refuse(request.query);
    const { media_id } = z.looseObject({ media_id: z.string() }).parse(request.query);
    fetched.push(media_id);
    const file = files.get(media_id);
    if (fault ?? !file) {
      // As plain text, which is what makes it look like a file.
      return reply
        .type('text/plain')
        .send(JSON.stringify(fault ?? { errcode: 40007, errmsg: 'invalid media_id' }));
    }
    return reply
      .type(file.contentType)
      .header('content-disposition', `attachment; filename="${encodeURIComponent(file.name)}"`)
      .send(file.bytes);
  });

  return { put: (id, file) => files.set(id, file), uploads, fetched, serve: (check) => checks.push(check) };
}
