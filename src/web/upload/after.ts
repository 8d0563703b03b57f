import type { AfterUpload } from '../../domain/upload-page.ts';
import { decodeUploadRequest, type UploadRequest } from '../widget/upload/request.ts';

/** The bot answers in a moment; whoever waits longer is better off in the chat. */
const PAUSES_MS = [300, 500, 700, 1000, 1500, 2000, 2000, 2000];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The page of an upload, relative to the page of another one. */
export function pageOf({ uploadUrl }: UploadRequest): string {
  return uploadUrl.slice(uploadUrl.lastIndexOf('/') + 1);
}

/** The next document that the bot asks for in the same matter; undefined when it goes on in the chat. */
export async function nextRequest(
  sent: UploadRequest,
  documentId: string,
): Promise<UploadRequest | undefined> {
  for (const ms of PAUSES_MS) {
    await pause(ms);
    const after = await ask(`${pageOf(sent)}/after?documentId=${documentId}`);
    if (after.kind === 'asked') return decodeUploadRequest(after.request);
    if (after.kind === 'said') return undefined;
  }
  return undefined;
}

/** A line that fails is as good as no news: the chat has it all. */
async function ask(address: string): Promise<AfterUpload> {
  try {
    const response = await fetch(address, { credentials: 'omit' });
    return response.ok ? ((await response.json()) as AfterUpload) : { kind: 'waiting' };
  } catch {
    return { kind: 'waiting' };
  }
}
