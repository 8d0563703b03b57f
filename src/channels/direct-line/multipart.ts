import type { FastifyRequest } from 'fastify';
import { MAX_UPLOAD_BYTES } from '../../domain/document.ts';
import { Refusal } from './refusal.ts';
import { refusedText } from './texts.ts';

type MultipartFile = NonNullable<Awaited<ReturnType<FastifyRequest['file']>>>;

export interface UploadedFile {
  name: string;
  contentType: string;
  bytes: Uint8Array;
  /** Over the limit: `bytes` holds a part of it only. */
  tooLarge: boolean;
}

export interface UploadBody {
  /** As the client wrote it; a bare message when it sent only the file. */
  activity: Record<string, unknown>;
  file: UploadedFile;
}

const ACTIVITY_TYPE = 'application/vnd.microsoft.activity';
const MAX_ACTIVITY_BYTES = 256 * 1024;
/** File, activity and the seams between the parts. */
export const MAX_BODY_BYTES = MAX_UPLOAD_BYTES + MAX_ACTIVITY_BYTES + 64 * 1024;
const LIMITS = { files: 12, fields: 5, parts: 15, fileSize: MAX_UPLOAD_BYTES, fieldSize: MAX_ACTIVITY_BYTES };

function parseActivity(json: string | Buffer): Record<string, unknown> {
  if (json.length > MAX_ACTIVITY_BYTES)
    throw new Refusal(413, 'MessageTooLong', refusedText('messageTooLong'));
  try {
    const activity: unknown = JSON.parse(json.toString());
    if (typeof activity === 'object' && activity !== null) return activity as Record<string, unknown>;
  } catch {
    // Said below, together with JSON that is no object.
  }
  throw new Refusal(400, 'BadRequest', 'The activity part is not a JSON object.');
}

async function readFile(part: MultipartFile): Promise<UploadedFile> {
  const bytes = await part.toBuffer();
  return { name: part.filename, contentType: part.mimetype, bytes, tooLarge: part.file.truncated };
}

/** Parts may come in any order, and the activity may be a "file", a field, or a part without a name. */
async function readForm(request: FastifyRequest): Promise<UploadBody> {
  let activity: Record<string, unknown> | undefined;
  let file: UploadedFile | undefined;
  let files = 0;
  for await (const part of request.parts({ limits: LIMITS })) {
    if (part.type === 'field') {
      if (part.mimetype === ACTIVITY_TYPE || part.fieldname === 'activity') {
        activity = typeof part.value === 'object' ? { ...part.value } : parseActivity(String(part.value));
      }
    } else if (part.mimetype === ACTIVITY_TYPE) {
      activity = parseActivity(await part.toBuffer());
    } else {
      files += 1;
      // One file fits one slot. The others are run through, so that the refusal reaches the client.
      if (files === 1) file = await readFile(part);
      else part.file.resume();
    }
  }
  if (files > 1) throw new Refusal(400, 'OneFileOnly', refusedText('oneFileOnly'));
  if (!file) throw new Refusal(400, 'FileMissing', refusedText('fileMissing'));
  return { activity: { type: 'message', ...activity }, file: withDeclaredType(file, activity) };
}

/** The attachment of the activity that bears the file's name knows its type when the part does not. */
function withDeclaredType(file: UploadedFile, activity: Record<string, unknown> | undefined): UploadedFile {
  if (file.contentType !== 'application/octet-stream' || !Array.isArray(activity?.attachments)) return file;
  const attachments: unknown[] = activity.attachments;
  for (const attachment of attachments) {
    const { name, contentType } = (attachment ?? {}) as { name?: unknown; contentType?: unknown };
    if (name !== file.name || typeof contentType !== 'string') continue;
    if (/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(contentType)) return { ...file, contentType };
  }
  return file;
}

/** A raw upload: the body is the file, its name stands in Content-Disposition. */
function readRaw(request: FastifyRequest, bytes: Uint8Array): UploadBody {
  if (bytes.length === 0) throw new Refusal(400, 'FileMissing', refusedText('fileMissing'));
  // Node reads header bytes as latin1; clients write UTF-8.
  const disposition = Buffer.from(request.headers['content-disposition'] ?? '', 'latin1').toString('utf8');
  const name = /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? 'file';
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const tooLarge = bytes.length > MAX_UPLOAD_BYTES;
  return { activity: { type: 'message' }, file: { name, contentType, bytes, tooLarge } };
}

/** The upload of a request, multipart or raw. Throws a Refusal: 400 malformed, 415 neither of the two. */
export async function readUpload(request: FastifyRequest): Promise<UploadBody> {
  if (Buffer.isBuffer(request.body)) return readRaw(request, request.body);
  if (!request.isMultipart())
    throw new Refusal(415, 'UnsupportedMediaType', 'multipart/form-data is needed.');
  try {
    return await readForm(request);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, 'BadRequest', 'The multipart body is malformed.', { cause: error });
  }
}
