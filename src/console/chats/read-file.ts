import type { FastifyRequest } from 'fastify';
import { MAX_CHAT_FILE_BYTES } from '../../domain/chat-file.ts';
import { Refusal } from '../refusal.ts';
import { clientId } from './shapes.ts';

const LIMITS = {
  files: 1,
  fields: 1,
  parts: 3,
  fieldSize: 256,
  headerPairs: 16,
  // One more than allowed, so that exactly as much as allowed is not cut off.
  fileSize: MAX_CHAT_FILE_BYTES + 1,
};
/** The file, the id, and the seams of the form. */
export const MAX_FORM_BYTES = MAX_CHAT_FILE_BYTES + 64 * 1024;

export interface SentFile {
  clientId: string;
  name: string;
  bytes: Uint8Array;
}

/** The file of a form with the fields `clientId` and `file`, in any order. Throws a 400 for any other form. */
export async function readSentFile(request: FastifyRequest): Promise<SentFile> {
  const malformed = new Refusal(400, 'FormInvalid', 'One file and its clientId are needed, as a form.');
  if (!request.isMultipart()) throw malformed;
  let id: unknown;
  let file: Omit<SentFile, 'clientId'> | undefined;
  try {
    for await (const part of request.parts({ limits: LIMITS })) {
      if (part.type === 'file') file = { name: part.filename ?? '', bytes: await part.toBuffer() };
      else if (part.fieldname === 'clientId') id = part.value;
    }
  } catch {
    throw malformed;
  }
  const given = clientId.safeParse(id);
  if (!file || !given.success) throw malformed;
  return { clientId: given.data, ...file };
}
