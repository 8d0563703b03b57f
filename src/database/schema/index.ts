export { audit, auditHead, cases, consents } from './cases.ts';
export { chatFiles } from './chat-files.ts';
export { cursors } from './cursors.ts';
export { deliveries } from './deliveries.ts';
export { type DocumentState, documents, uploadAttempts, uploadTickets } from './documents.ts';
export {
  type ArchivedLine,
  deskEvents,
  deskGroups,
  deskHead,
  deskSettings,
  handoffNotes,
  handoffs,
  presence,
  transcripts,
} from './handoffs.ts';
export { misunderstandings } from './misunderstandings.ts';
export { outbox } from './outbox.ts';
export { quickReplies } from './quick-replies.ts';
export { platformEvents, reminders } from './reminders.ts';
export { caseNotes, documentDuplicates, legalHolds, pictureHashes, reviewProposals } from './review.ts';
export { type LoginStage, staff, staffSessions } from './staff.ts';
export { turns } from './turns.ts';
