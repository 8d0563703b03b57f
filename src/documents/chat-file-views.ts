import sharp from 'sharp';
import { z } from 'zod';
import { appendAudit } from '../database/audit.ts';
import type { Database } from '../database/database.ts';
import type {
  ChatFile,
  ChatFileAddress,
  ChatFileLook,
  CustomerFiles,
  ShownChatFile,
} from '../domain/chat-file.ts';
import type { Clock } from '../domain/clock.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { createAddresses } from './addresses.ts';
import type { ChatFiles, OpenedChatFile } from './chat-files.ts';
import { createGate } from './gate.ts';
import { burn, mask } from './watermark.ts';

/** Files of a chat for the desk's eyes: each whole look has a watermark and a line in the audit. */
export interface DeskFiles {
  admit(view: {
    fileId: string;
    conversationId: string;
    sessionId: string;
    look: ChatFileLook;
  }): Promise<ChatFileAddress>;
  show(token: string, viewer: { sessionId: string; actor: StaffActor }): Promise<ShownChatFile>;
}

const SMALL_SIDE = 480;

const View = z.object({
  fileId: z.string(),
  conversationId: z.string(),
  look: z.enum(['small', 'whole']),
});
const DeskView = View.extend({ sessionId: z.string() });

const GONE = { kind: 'gone' } as const;
const BUSY = { kind: 'busy' } as const;

const small = (jpeg: Buffer) =>
  sharp(jpeg)
    .resize(SMALL_SIDE, SMALL_SIDE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 75 })
    .toBuffer();

function shownAs({ mediaType, name }: OpenedChatFile, bytes: Buffer): ShownChatFile {
  return { kind: 'shown', bytes, mediaType, name };
}

interface ViewParts {
  database: Database;
  memory: SharedMemory;
  clock: Clock;
  files: Pick<ChatFiles, 'find' | 'open'>;
  /** IANA name, for the time in the watermark. */
  timeZone: string;
}

/** Only pictures can be shown small. */
const canBeShown = ({ mediaType }: ChatFile, look: ChatFileLook) =>
  look === 'whole' || mediaType === 'image/jpeg';

/** How the desk looks at files: small ones of customers show no more than that it is a picture. */
export function createDeskFiles(parts: ViewParts): DeskFiles {
  const { database, memory, clock, files } = parts;
  const addresses = createAddresses({ memory, clock, prefix: 'chat-file', grant: DeskView });
  const gate = createGate({ active: 2, waiting: 16 });
  const time = new Intl.DateTimeFormat('sv-SE', {
    timeZone: parts.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });

  async function draw(file: OpenedChatFile, look: ChatFileLook, actor: StaffActor): Promise<Buffer> {
    if (file.mediaType !== 'image/jpeg') return file.bytes;
    if (look === 'small') return small(file.fromCustomer ? await mask(file.bytes) : file.bytes);
    return burn(file.bytes, `客服 ${actor.number} ${time.format(clock.now())}`);
  }

  async function look(view: z.infer<typeof DeskView>, actor: StaffActor): Promise<ShownChatFile> {
    const { fileId, conversationId } = view;
    const file = await files.open(fileId, conversationId);
    if (!file) return GONE;
    const bytes = await draw(file, view.look, actor);
    // Noted before it is sent: whoever sees it stands in the audit.
    if (view.look === 'whole')
      await database.transaction((tx) =>
        appendAudit(tx, {
          at: clock.now(),
          actor: auditName(actor),
          action: 'chat-file.viewed',
          after: { fileId, conversationId },
        }),
      );
    return shownAs(file, bytes);
  }

  return {
    async admit(view) {
      const file = await files.find(view.fileId, view.conversationId);
      if (!file || !canBeShown(file, view.look)) return GONE;
      return { kind: 'admitted', ...(await addresses.issue(view)) };
    },
    async show(token, { sessionId, actor }) {
      const view = await addresses.redeem(token);
      if (view?.sessionId !== sessionId) return GONE;
      return (await gate.run(() => look(view, actor)))?.value ?? BUSY;
    },
  };
}

/** How a customer opens what the desk has sent; files that customers sent are not given out again. */
export function createCustomerFiles(parts: Pick<ViewParts, 'memory' | 'clock' | 'files'>): CustomerFiles {
  const { memory, clock, files } = parts;
  const addresses = createAddresses({ memory, clock, prefix: 'file-for-customer', grant: View });
  const gate = createGate({ active: 2, waiting: 16 });

  async function look(view: z.infer<typeof View>): Promise<ShownChatFile> {
    const file = await files.open(view.fileId, view.conversationId);
    if (!file) return GONE;
    return shownAs(file, view.look === 'small' ? await small(file.bytes) : file.bytes);
  }

  return {
    async admit(view) {
      const file = await files.find(view.fileId, view.conversationId);
      if (!file || file.fromCustomer || !canBeShown(file, view.look)) return GONE;
      return { kind: 'admitted', ...(await addresses.issue(view)) };
    },
    async show(token) {
      const view = await addresses.redeem(token);
      if (!view) return GONE;
      return (await gate.run(() => look(view)))?.value ?? BUSY;
    },
  };
}
