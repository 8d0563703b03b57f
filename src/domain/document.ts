/** 材料槽位: one document that a case may ask for. The names are stable (CONTRACT: upload request). */
export const SLOTS = [
  'id-front',
  'id-back',
  'id-in-hand',
  'new-card',
  'closure-certificate',
  'evidence',
] as const;
export type Slot = (typeof SLOTS)[number];

/** 单独同意: the consent that a slot needs. A photo with a face needs its own (个人信息保护法 第29条). */
export type ConsentPurpose = 'documents' | 'face-photo';

export function consentPurpose(slot: Slot): ConsentPurpose {
  return slot === 'id-in-hand' ? 'face-photo' : 'documents';
}

/** What may be wrong with a picture that was nevertheless taken in; the customer decides. */
export type QualityWarning = 'dark' | 'blurred' | 'small' | 'glare';

/** MIME types a slot takes. HEIC is not among them: sharp's prebuilt binary cannot decode it. */
export const ACCEPTED_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

/** A ticket to upload one document into one slot of one draft. */
export interface UploadTicket {
  draftId: string;
  slot: Slot;
  /** Path the file is POSTed to; holds the secret ticket. */
  uploadUrl: string;
  /** ISO-8601 UTC. */
  expiresAt: string;
  maxBytes: number;
  accept: readonly string[];
}

/** Port for dialogs: opens the one slot that a conversation may upload into. */
export interface Uploads {
  /**
   * Opens `slot` of the draft for this conversation and closes any other slot of it.
   * The same key returns the same, still valid ticket.
   */
  open(request: {
    conversationId: string;
    draftId: string;
    slot: Slot;
    idempotencyKey: string;
  }): Promise<UploadTicket>;
  /** Closes whatever slot the conversation has open: the flow went elsewhere. */
  close(conversationId: string): Promise<void>;
}

/** Content type of the attachment that asks a client for an upload. */
export const UPLOAD_REQUEST_TYPE = 'application/vnd.unbind.upload-request+json';

/** Name of the internal event that tells a conversation its document has been stored. */
export const UPLOAD_COMPLETED = 'unbind.upload.completed';

export interface UploadCompleted {
  draftId: string;
  slot: Slot;
  documentId: string;
  warnings: QualityWarning[];
}

/** What became of a file that a customer handed in. Refusals carry a code; its text is in locales. */
export type UploadOutcome = ({ kind: 'stored' } & UploadCompleted) | { kind: 'refused'; code: UploadRefusal };

/** Stable codes of refused uploads; `documents.<code>` in locales is what the customer reads. */
export const UPLOAD_REFUSALS = [
  'NoOpenSlot',
  'TicketUnknown',
  'TicketExpired',
  'SlotAlreadyFilled',
  'ConsentRequired',
  'ConsentOutdated',
  'FileMissing',
  'FileEmpty',
  'FileTooLarge',
  'TypeNotAccepted',
  'PictureTooLarge',
  'PictureTooSmall',
  'PictureUnreadable',
  'TooManyUploads',
  'StorageUnavailable',
] as const;
export type UploadRefusal = (typeof UPLOAD_REFUSALS)[number];

/** Port for chat channels: a file sent in the chat itself, taken only while a slot is open. */
export interface ChatUploads {
  /** The slot the conversation has open now, with consent given. */
  openSlot(conversationId: string): Promise<{ draftId: string; slot: Slot } | undefined>;
  /** Takes a file into the open slot. The same key returns the first outcome. */
  receive(upload: {
    conversationId: string;
    file: Uint8Array;
    idempotencyKey: string;
  }): Promise<UploadOutcome>;
}
