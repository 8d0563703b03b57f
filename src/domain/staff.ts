/** 角色: what somebody at the desk is there for; one person may have several. */
export const ROLES = ['agent', 'reviewer', 'supervisor', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** 在线 / 忙碌 / 小休 / 离线. Only `online` is given new chats. */
export const PRESENCES = ['online', 'busy', 'break', 'offline'] as const;
export type Presence = (typeof PRESENCES)[number];

/** What a role allows; each route of the console names the one it needs. */
export const PERMISSIONS = {
  /** Takes chats and answers in them. */
  chat: ['agent', 'supervisor'],
  /** Sees all chats, whispers, takes over, reassigns. */
  supervise: ['supervisor'],
  /** Claims cases and decides on documents. */
  review: ['reviewer', 'supervisor'],
  /** Confirms what a colleague has decided: four eyes. */
  confirm: ['reviewer', 'supervisor'],
  /** Looks for past conversations. */
  search: ['agent', 'supervisor', 'auditor'],
  reports: ['supervisor', 'auditor', 'admin'],
  /** Reads what customers said that was not understood, to teach it. */
  understanding: ['supervisor', 'admin'],
  /** Reads the audit and has its chain checked. */
  audit: ['auditor', 'admin'],
  /** Ready-made words: one's own, and everybody's with `settings`. */
  'quick-replies': ['agent', 'supervisor', 'admin'],
  /** Hours, holidays, groups with their members, everybody's quick replies. */
  settings: ['supervisor', 'admin'],
  /** Accounts of the staff. */
  accounts: ['admin'],
  /** Exports or deletes what is kept of a customer, on the customer's request. */
  'customer-data': ['admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Whether any of the roles allows it. */
export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return roles.some((role) => allowed.includes(role));
}

/** Somebody at the desk, as colleagues see them. */
export interface StaffMember {
  /** UUID. */
  id: string;
  login: string;
  /** 工号, the only thing of them that customers are told: A12. */
  number: string;
  name: string;
  roles: Role[];
  /** Groups whose customers they serve. */
  groups: string[];
  /** What they know besides: languages (`en`), matters. */
  skills: string[];
  /** Chats at the same time. */
  capacity: number;
  locale: string;
  active: boolean;
  /** Whether a second factor is set up. */
  secondFactor: boolean;
  /** Their own account as a customer. */
  customerId?: string | undefined;
  /** Grows by one with each change; optimistic lock. */
  version: number;
}

/** Who acts; written to the audit as `staff:<id>`. */
export type StaffActor = Pick<StaffMember, 'id' | 'number' | 'roles'>;

/** An actor as the audit names them. */
export function auditName({ id }: Pick<StaffActor, 'id'>): string {
  return `staff:${id}`;
}
