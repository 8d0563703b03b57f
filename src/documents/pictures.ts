import { z } from 'zod';
import { appendAudit } from '../database/audit.ts';
import type { Database } from '../database/database.ts';
import type { Clock } from '../domain/clock.ts';
import { VIEW_PURPOSES, type ViewPurpose } from '../domain/review.ts';
import type { SharedMemory } from '../domain/shared-memory.ts';
import { auditName, type StaffActor } from '../domain/staff.ts';
import { createAddresses } from './addresses.ts';
import type { ReadDocument } from './documents.ts';
import { createGate } from './gate.ts';
import { burn, mask } from './watermark.ts';

/** Masked unless somebody says what they need the plain picture for. */
export type ViewMode = { mode: 'masked' } | { mode: 'plain'; purpose: ViewPurpose };

/** An address for one look, by one session. */
export type Admission =
  | { kind: 'admitted'; token: string; expiresAt: string }
  | { kind: 'not-found' }
  /** Its key has been destroyed. */
  | { kind: 'purged' };

export type Shown =
  | { kind: 'shown'; jpeg: Buffer }
  /** Used, over, somebody else's or never there: nobody is told which. */
  | { kind: 'gone' }
  /** Too many are looking at this moment. */
  | { kind: 'busy' };

/** 看图: pictures for the desk's eyes, each look with its own address, watermark and line in the audit. */
export interface Pictures {
  admit(view: { documentId: string; caseId: string; sessionId: string } & ViewMode): Promise<Admission>;
  show(token: string, viewer: { sessionId: string; actor: StaffActor }): Promise<Shown>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an address stands for. */
const Grant = z.object({
  documentId: z.string(),
  caseId: z.string(),
  sessionId: z.string(),
  mode: z.enum(['masked', 'plain']),
  purpose: z.enum(VIEW_PURPOSES).optional(),
});

export function createPictures(parts: {
  database: Database;
  memory: SharedMemory;
  clock: Clock;
  /** IANA name, for the time in the watermark. */
  timeZone: string;
  read(documentId: string, caseId: string): Promise<ReadDocument>;
  /** Whether there is such a document and its key. */
  standing(documentId: string, caseId: string): Promise<ReadDocument['kind']>;
}): Pictures {
  const { database, memory, clock, read, standing } = parts;
  const addresses = createAddresses({ memory, clock, prefix: 'picture', grant: Grant });
  const gate = createGate({ active: 2, waiting: 16 });
  const time = new Intl.DateTimeFormat('sv-SE', {
    timeZone: parts.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });

  async function render(jpeg: Buffer, mode: ViewMode['mode'], actor: StaffActor): Promise<Buffer> {
    const text = `审核 ${actor.number} ${time.format(clock.now())}`;
    return burn(mode === 'masked' ? await mask(jpeg) : jpeg, text);
  }

  async function look(
    { documentId, caseId, mode, purpose }: z.infer<typeof Grant>,
    actor: StaffActor,
  ): Promise<Shown> {
    const document = await read(documentId, caseId);
    if (document.kind !== 'found') return { kind: 'gone' };
    const jpeg = await render(document.jpeg, mode, actor);
    // Noted before it is sent: whoever sees it stands in the audit.
    await database.transaction((tx) =>
      appendAudit(tx, {
        at: clock.now(),
        actor: auditName(actor),
        action: 'document.viewed',
        caseId,
        after: { documentId, slot: document.slot, mode, ...(purpose && { purpose }) },
      }),
    );
    return { kind: 'shown', jpeg };
  }

  return {
    async admit(view) {
      const kind = UUID.test(view.documentId) ? await standing(view.documentId, view.caseId) : 'not-found';
      if (kind !== 'found') return { kind };
      return { kind: 'admitted', ...(await addresses.issue(view)) };
    },

    async show(token, { sessionId, actor }) {
      const grant = await addresses.redeem(token);
      if (grant?.sessionId !== sessionId) return { kind: 'gone' };
      const looked = await gate.run(() => look(grant, actor));
      return looked ? looked.value : { kind: 'busy' };
    },
  };
}
