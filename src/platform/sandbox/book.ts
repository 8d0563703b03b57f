import { createHash } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import type { Announcement, BlockerCode, Eligibility, ReviewDecision } from '../../domain/platform.ts';
import type { ReviewReceipt } from '../schemas.ts';
import { type SandboxAccount, timesAround, toPlatformTime } from './account.ts';
import { MAINTENANCE_ID, seedAccount, seedAnnouncements } from './customers.ts';
import type { Happened } from './events.ts';
import { emptyState, type SandboxState, type StateFile } from './state.ts';

const MONEY_CODES: readonly BlockerCode[] = ['UNSETTLED_BALANCE', 'WITHDRAWAL_IN_TRANSIT', 'UNPAID_BILL'];

/** What an approved review of each kind of case takes away. */
function reviewedCodes(kind: string): readonly BlockerCode[] {
  if (kind === 'risk-lock') return ['RISK_LOCK'];
  if (kind.startsWith('identity-')) return ['IDENTITY_MISMATCH', 'CARD_CLOSED'];
  if (kind === 'card-status') return ['CARD_LOST', 'CARD_FROZEN', 'CARD_CLOSED'];
  return [];
}

export type DecisionOutcome =
  | { kind: 'taken'; receipt: ReviewReceipt }
  | { kind: 'no-customer' }
  | { kind: 'key-reused' };

/** The sandbox's accounts: the seed plus what happened since. */
export class Book {
  readonly #file: StateFile;
  readonly #clock: Clock;
  readonly #report: (happened: Happened) => void;

  /** `report` is told what the real platform would report by itself. */
  constructor(file: StateFile, clock: Clock, report: (happened: Happened) => void = () => {}) {
    this.#file = file;
    this.#clock = clock;
    this.#report = report;
  }

  account(customerId: string): SandboxAccount | undefined {
    const account = seedAccount(customerId, timesAround(this.#clock.now()));
    if (!account) return undefined;
    const { cleared, maintenance, unbound } = this.#file.state;
    const gone = new Set<string>(Object.hasOwn(cleared, customerId) ? cleared[customerId] : []);
    if (maintenance) gone.add('MAINTENANCE');
    for (const entry of account.cards) {
      entry.blockers = entry.blockers.filter((blocker) => !gone.has(blocker.code));
      const completedAt = unbound[entry.card.id];
      if (completedAt !== undefined) this.#showUnbound(account, entry.card.id, completedAt);
    }
    return account;
  }

  eligibility(customerId: string, cardId: string): Eligibility | undefined {
    const entry = this.account(customerId)?.cards.find(({ card }) => card.id === cardId);
    if (!entry) return undefined;
    const { blockers, autoDebits } = entry;
    return { eligible: blockers.length === 0 && entry.card.status === 'bound', blockers, autoDebits };
  }

  announcements(): Announcement[] {
    return seedAnnouncements(timesAround(this.#clock.now()), this.#file.state.maintenance);
  }

  decide(decision: ReviewDecision, key: string): DecisionOutcome {
    const { decisions } = this.#file.state;
    const digest = digestOf(decision);
    const earlier = Object.hasOwn(decisions, key) ? decisions[key] : undefined;
    if (earlier) {
      return earlier.digest === digest ? { kind: 'taken', receipt: earlier.receipt } : { kind: 'key-reused' };
    }
    if (!this.account(decision.customerId)) return { kind: 'no-customer' };
    const codes = decision.decision === 'approved' ? reviewedCodes(decision.kind) : [];
    const cleared = this.#present(decision.customerId, codes);
    const receipt: ReviewReceipt = {
      caseId: decision.caseId,
      decision: decision.decision,
      cleared,
      receivedAt: this.#now(),
    };
    this.#change({
      ...this.#without(decision.customerId, cleared),
      decisions: { ...decisions, [key]: { digest, receipt } },
    });
    if (cleared.includes('RISK_LOCK'))
      this.#report({ type: 'lock-released', customerId: decision.customerId });
    return { kind: 'taken', receipt };
  }

  /** False for an unknown customer. */
  settle(customerId: string): boolean {
    if (!this.account(customerId)) return false;
    const codes = this.#present(customerId, MONEY_CODES);
    if (codes.length === 0) return true;
    this.#change(this.#without(customerId, codes));
    this.#report({ type: 'settled', customerId });
    return true;
  }

  endMaintenance(): void {
    if (this.#file.state.maintenance) return;
    const startsAt = timesAround(this.#clock.now()).hours(-2);
    this.#change({ maintenance: { startsAt, endsAt: this.#now() } });
    this.#report({ type: 'maintenance-ended', announcementId: MAINTENANCE_ID });
  }

  /** What the customer does in the app once nothing stands in the way. False if something does. */
  unbind(customerId: string, cardId: string): boolean {
    const entry = this.account(customerId)?.cards.find(({ card }) => card.id === cardId);
    if (!entry || entry.blockers.length > 0 || entry.card.status === 'unbound') return false;
    this.#change({ unbound: { ...this.#file.state.unbound, [cardId]: this.#now() } });
    this.#report({ type: 'unbound', customerId, cardId });
    return true;
  }

  reset(): void {
    this.#file.replace(emptyState());
  }

  #showUnbound(account: SandboxAccount, cardId: string, completedAt: string): void {
    for (const { card } of account.cards) if (card.id === cardId) card.status = 'unbound';
    const pending = account.unbindRequests.find((request) => request.cardId === cardId);
    const id = pending?.id ?? `req-${cardId}`;
    const submittedAt = pending?.submittedAt ?? completedAt;
    account.unbindRequests = [
      { id, cardId, status: 'completed', submittedAt, completedAt },
      ...account.unbindRequests.filter((request) => request !== pending),
    ];
  }

  #present(customerId: string, codes: readonly BlockerCode[]): BlockerCode[] {
    const blockers = this.account(customerId)?.cards.flatMap((entry) => entry.blockers) ?? [];
    return codes.filter((code) => blockers.some((blocker) => blocker.code === code));
  }

  #without(customerId: string, codes: readonly BlockerCode[]): Pick<SandboxState, 'cleared'> {
    const { cleared } = this.#file.state;
    return { cleared: { ...cleared, [customerId]: [...(cleared[customerId] ?? []), ...codes] } };
  }

  #change(change: Partial<SandboxState>): void {
    this.#file.replace({ ...this.#file.state, ...change });
  }

  #now(): string {
    return toPlatformTime(this.#clock.now());
  }
}

/** Of the values, whatever the order of the properties in the body. */
function digestOf(decision: ReviewDecision): string {
  const { caseId, customerId, kind, decision: outcome, decidedAt } = decision;
  const values = JSON.stringify([caseId, customerId, kind, outcome, decidedAt]);
  return createHash('sha256').update(values).digest('hex');
}
