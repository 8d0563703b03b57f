import { MAX_UPLOAD_BYTES, type UploadRefusal } from './document.ts';

/** 会话文件: sent between a customer and the people at the desk, in the chat itself; belongs to no case. */
export interface ChatFile {
  id: string;
  /** As both sides see it; its ending tells what it is. */
  name: string;
  mediaType: ChatFileType;
  sizeBytes: number;
  /** Of a picture. */
  width?: number | undefined;
  height?: number | undefined;
}

export const CHAT_FILE_TYPES = ['image/jpeg', 'application/pdf'] as const;
/** What is kept: every picture has become a JPEG. */
export type ChatFileType = (typeof CHAT_FILE_TYPES)[number];

/** MIME types that a chat takes. */
export const CHAT_FILE_ACCEPT = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export const MAX_CHAT_FILE_BYTES = MAX_UPLOAD_BYTES;

export const CHAT_FILE_REFUSALS = [
  'FileEmpty',
  'FileTooLarge',
  'ChatTypeNotAccepted',
  'PdfNotAccepted',
  'PictureTooLarge',
  'PictureUnreadable',
  'TooManyUploads',
  'StorageUnavailable',
] as const satisfies readonly (UploadRefusal | 'ChatTypeNotAccepted' | 'PdfNotAccepted')[];
/** Why a file is not taken; `documents.<code>` in locales is what a customer reads. */
export type ChatFileRefusal = (typeof CHAT_FILE_REFUSALS)[number];

export type ChatFileOutcome = { kind: 'stored'; file: ChatFile } | { kind: 'refused'; code: ChatFileRefusal };

export interface NewChatFile {
  conversationId: string;
  customerId?: string | undefined;
  /** Who sends it: the customer, or somebody at the desk by their staff id. */
  from: 'customer' | { staffId: string };
  /** Masked already; whatever else it holds is cleaned here. */
  name: string;
  bytes: Uint8Array;
  /** The same key again is the same file, whatever bytes come with it. */
  idempotencyKey: string;
}

/** Port of who takes files in. Once it answers `stored`, the file is kept, encrypted. */
export interface ChatFileIntake {
  receive(file: NewChatFile): Promise<ChatFileOutcome>;
}

/** `small`: a picture of 480 points, a customer's as coarse blocks only. `whole`: what can be read. */
export type ChatFileLook = 'small' | 'whole';

/** An address for one look. */
export type ChatFileAddress =
  | { kind: 'admitted'; token: string; expiresAt: string }
  /** Never there, taken back or destroyed. */
  | { kind: 'gone' };

export type ShownChatFile =
  | { kind: 'shown'; bytes: Uint8Array; mediaType: ChatFileType; name: string }
  | { kind: 'gone' }
  /** Too many are looking at this moment. */
  | { kind: 'busy' };

/** Port of what a customer may open: files of people, in the customer's own conversation. */
export interface CustomerFiles {
  admit(view: { fileId: string; conversationId: string; look: ChatFileLook }): Promise<ChatFileAddress>;
  show(token: string): Promise<ShownChatFile>;
}

/** Opens a file that was sent in a conversation; undefined for one of another, taken back or destroyed. */
export type OpenFile = (
  fileId: string,
  conversationId: string,
) => Promise<(ChatFile & { bytes: Uint8Array; fromCustomer: boolean }) | undefined>;

/** What tells a browser how to treat a file that somebody has sent: shown only if it was drawn anew here, else saved. */
export function headersFor({
  mediaType,
  name,
}: Pick<ChatFile, 'mediaType' | 'name'>): Record<string, string> {
  const how = mediaType === 'image/jpeg' ? 'inline' : 'attachment';
  // RFC 5987 takes fewer characters as they are than addresses do.
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'Content-Type': mediaType,
    'Content-Disposition': `${how}; filename*=UTF-8''${encoded}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  };
}
