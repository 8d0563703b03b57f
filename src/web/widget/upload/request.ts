import { SLOTS, type Slot, UPLOAD_REQUEST_TYPE } from '../../../domain/document.ts';
import { type Activity, asRecord, asText } from '../client/protocol.ts';

/** 上传请求: what the bot asks for, as its attachment carries it (docs: upload request). */
export interface UploadRequest {
  draftId: string;
  slot: Slot;
  title: string;
  hints: string[];
  /** MIME types. */
  accept: string[];
  maxBytes: number;
  /** Where the file is POSTed; holds the secret ticket. */
  uploadUrl: string;
  /** ISO-8601 UTC. */
  expiresAt: string;
  consent: { version: string; text: string };
}

/** The upload request that an activity carries, if it does and is well formed. */
export function uploadRequestOf(activity: Activity): UploadRequest | undefined {
  const attachment = activity.attachments.find((a) => a.contentType === UPLOAD_REQUEST_TYPE);
  return attachment && decodeUploadRequest(attachment.content);
}

/** What an upload request asks for; undefined when it is not well formed. */
export function decodeUploadRequest(value: unknown): UploadRequest | undefined {
  const content = asRecord(value);
  const consent = asRecord(content?.consent);
  const draftId = asText(content?.draftId);
  const slot = SLOTS.find((known) => known === content?.slot);
  const title = asText(content?.title);
  const uploadUrl = asText(content?.uploadUrl);
  const expiresAt = asText(content?.expiresAt);
  const maxBytes = content?.maxBytes;
  const version = asText(consent?.version);
  const consentText = asText(consent?.text);
  if (!draftId || !slot || !title || !uploadUrl || !expiresAt || typeof maxBytes !== 'number')
    return undefined;
  if (!version || !consentText) return undefined;
  const hints = listOfText(content?.hints);
  const accept = listOfText(content?.accept);
  const request = { draftId, slot, title, hints, accept, maxBytes, uploadUrl, expiresAt };
  return { ...request, consent: { version, text: consentText } };
}

function listOfText(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => asText(item) !== undefined) : [];
}
