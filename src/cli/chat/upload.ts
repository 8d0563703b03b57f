import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill } from '../../web/widget/texts.ts';
import { readUploadAnswer, type UploadAnswer } from '../../web/widget/upload/answer.ts';
import type { UploadRequest } from '../../web/widget/upload/request.ts';
import texts from './texts.json' with { type: 'json' };

const TYPES: Record<string, string> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
};

/** The existing file that a typed or dropped line names; undefined when it is just a message. */
export async function fileNamedBy(line: string): Promise<string | undefined> {
  const bare = line.trim().replace(/^(['"])(.*)\1$/, '$2');
  for (const path of [
    bare,
    bare.replace(/\\(.)/g, '$1'),
    fromAddress(bare),
    bare.replace(/^~(?=\/)/, homedir()),
  ]) {
    const found = path ? await stat(path).catch(() => undefined) : undefined;
    if (found?.isFile()) return path;
  }
  return undefined;
}

function fromAddress(text: string): string | undefined {
  return text.startsWith('file://') && URL.canParse(text) ? fileURLToPath(text) : undefined;
}

/** What is wrong with the file before anything is sent; undefined when nothing is. */
export async function problemOf(path: string, request: UploadRequest): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.size === 0) return texts.unreadable;
  const type = TYPES[extname(path).toLowerCase()];
  if (!type || !request.accept.includes(type)) {
    return fill(texts.notPicture, { types: request.accept.map((t) => t.replace('image/', '')).join('、') });
  }
  const size = Math.floor(request.maxBytes / 1024 / 1024);
  return found.size > request.maxBytes ? fill(texts.tooLarge, { size }) : undefined;
}

/** POSTs the file to its ticket on this server, whatever address the ticket names. */
export async function uploadFile(server: URL, request: UploadRequest, path: string): Promise<UploadAnswer> {
  const ticket = new URL(request.uploadUrl, server);
  const form = new FormData();
  form.append('consentVersion', request.consent.version);
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  form.append('file', new Blob([await readFile(path)], { type }), basename(path));
  try {
    const address = new URL(`${ticket.pathname}${ticket.search}`, server);
    const response = await fetch(address, {
      method: 'POST',
      body: form,
      signal: AbortSignal.timeout(120_000),
    });
    return readUploadAnswer(response.status, await response.text());
  } catch {
    // Not known whether it arrived: the user is told and may send the same file again.
    return { kind: 'unreachable', message: undefined };
  }
}
