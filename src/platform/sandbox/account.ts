import type { AutoDebit, Blocker, Card, Customer, OpenItem, UnbindRequest } from '../../domain/platform.ts';

/** One bank card of the sandbox with everything that is asked about it. */
export interface SandboxCard {
  card: Card;
  blockers: Blocker[];
  autoDebits: AutoDebit[];
}

export interface SandboxAccount {
  customer: Customer;
  /** Newest binding first. */
  cards: SandboxCard[];
  /** Newest first. */
  unbindRequests: UnbindRequest[];
}

/** Times around the hour the sandbox is asked in, so that answers of one talk agree with each other. */
export interface Times {
  /** ISO-8601 at +08:00; negative = ago. */
  hours(fromNow: number): string;
  days(fromNow: number): string;
}

const HOUR_MS = 3_600_000;

/** The instant as the platform writes it: whole seconds at +08:00. */
export function toPlatformTime(at: Date): string {
  return `${new Date(at.getTime() + 8 * HOUR_MS).toISOString().slice(0, 19)}+08:00`;
}

export function timesAround(now: Date): Times {
  const hour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const hours = (fromNow: number) => toPlatformTime(new Date(hour + fromNow * HOUR_MS));
  return { hours, days: (fromNow) => hours(fromNow * 24) };
}

interface CardSeed {
  bank: string;
  last4: string;
  boundAt: string;
  type?: Card['type'];
  status?: Card['status'];
  blockers?: Blocker[];
  autoDebits?: AutoDebit[];
}

interface AccountSeed {
  id: string;
  nameMasked: string;
  phoneMasked: string;
  identityVerified?: boolean;
  cards: CardSeed[];
  unbindRequests?: UnbindRequest[];
}

/** Fills in what most accounts have in common; card ids are `card-<customer>-<place from 1>`. */
export function toAccount(seed: AccountSeed): SandboxAccount {
  const { id, nameMasked, phoneMasked, identityVerified = true } = seed;
  return {
    customer: { id, nameMasked, phoneMasked, identityVerified },
    cards: seed.cards.map((c, index) => ({
      card: {
        id: `card-${id}-${index + 1}`,
        bank: c.bank,
        last4: c.last4,
        type: c.type ?? 'credit',
        status: c.status ?? 'bound',
        boundAt: c.boundAt,
      },
      blockers: c.blockers ?? [],
      autoDebits: c.autoDebits ?? [],
    })),
    unbindRequests: seed.unbindRequests ?? [],
  };
}

/** 未结清或在途的一笔 without the parts that are not known. */
export function openItem(id: string, title: string, amountFen: number, expectedAt?: string): OpenItem {
  return expectedAt === undefined ? { id, title, amountFen } : { id, title, amountFen, expectedAt };
}
