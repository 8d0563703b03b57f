import type { Database } from '../database/database.ts';
import type { Clock } from '../domain/clock.ts';
import type { DeskSettings } from '../domain/desk.ts';
import type { Handoffs } from '../domain/handoff.ts';
import { type AgentSide, agentSide } from './agent-side.ts';
import { type Claims, claims } from './claims.ts';
import { customerSide } from './customer-side.ts';
import { type DeskPresence, deskPresence } from './presence.ts';
import { type DeskReading, deskReading } from './reading.ts';
import { type DeskSetup, deskSetup } from './settings.ts';
import { type SupervisorSide, supervisorSide } from './supervisor-side.ts';

export { HEARTBEAT_MS } from './agents.ts';
export { type DeskLive, deskLive } from './live.ts';
export type { DeskOutcome, TransferTarget } from './outcome.ts';
export { purgeDeskEvents } from './retention.ts';
export { type DeskRounds, deskRounds, startRounds } from './rounds.ts';
export { type SettingsOutcome, settingsIn, type TargetsFor } from './settings.ts';
export {
  createTranscripts,
  type ReadLog,
  type Transcript,
  type Transcripts,
} from './transcripts.ts';

export interface DeskParts {
  database: Database;
  clock: Clock;
  /** What holds until a supervisor changes it. */
  defaults: DeskSettings;
  /** Called after each commit: there may be something to deliver, to offer or to show. */
  kick: () => void;
}

/** 人工坐席: hand-offs from the staff's side. */
export interface Desk extends Claims, AgentSide, SupervisorSide, DeskPresence, DeskReading, DeskSetup {}

/** Hand-offs from both sides: the customer's, for dialogs, and the desk's. */
export function createHandoffs(parts: DeskParts): { handoffs: Handoffs; desk: Desk } {
  const desk = {
    ...claims(parts),
    ...agentSide(parts),
    ...supervisorSide(parts),
    ...deskPresence(parts),
    ...deskReading(parts),
    ...deskSetup(parts),
  };
  return { handoffs: customerSide(parts), desk };
}
