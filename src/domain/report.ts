/** How a column of a report is to be read: numbers by their unit, words by the list they come from. */
export type ColumnKind =
  /** A whole number. */
  | 'count'
  /** 0 to 1; `null` where there is nothing to take a share of. */
  | 'share'
  | 'seconds'
  /** A mean of marks from 1 to 5. */
  | 'mark'
  /** Begin of an hour, day or week as the operator's clock shows it: 2026-11-23T09:00. */
  | 'time'
  /** 0 to 23. */
  | 'hour'
  /** As it is. */
  | 'name'
  | Term;

/** Columns whose values are names from a list, which have words in each language. */
export const TERMS = ['topic', 'intent', 'cause', 'locale', 'channel', 'weekday', 'stage'] as const;
export type Term = (typeof TERMS)[number];

/** How far a locked account has come: 已锁定 -> 开始申请 -> 材料交齐 -> 审核通过. */
export const LOCK_STAGES = ['locked', 'applied', 'submitted', 'approved'] as const;

/** 报表: every report and its columns, in order. A column means the same wherever it stands. */
export const REPORTS = {
  overview: {
    conversations: 'count',
    messages: 'count',
    contained: 'share',
    understood: 'share',
    solved: 'share',
    cases: 'count',
  },
  trend: { time: 'time', conversations: 'count', messages: 'count', contained: 'share' },
  topics: {
    topic: 'topic',
    begun: 'count',
    solvedTopics: 'count',
    cases: 'count',
    reminders: 'count',
    persons: 'count',
    left: 'count',
    passedOn: 'count',
  },
  intents: {
    intent: 'intent',
    messages: 'count',
    accepted: 'share',
    asked: 'share',
    rejected: 'share',
    confidence: 'share',
  },
  causes: { cause: 'cause', conversations: 'count' },
  languages: { locale: 'locale', conversations: 'count', messages: 'count' },
  channels: { channel: 'channel', conversations: 'count', messages: 'count' },
  hours: { weekday: 'weekday', hour: 'hour', messages: 'count' },
  'risk-lock': { stage: 'stage', conversations: 'count', reached: 'share' },
  desk: {
    handoffs: 'count',
    handoffRate: 'share',
    waiting: 'seconds',
    waiting90: 'seconds',
    firstReply: 'seconds',
    handling: 'seconds',
    abandoned: 'share',
    messagesLeft: 'count',
    breached: 'share',
    satisfaction: 'mark',
    ratings: 'count',
  },
  'desk-trend': {
    time: 'time',
    handoffs: 'count',
    waiting: 'seconds',
    firstReply: 'seconds',
    abandoned: 'share',
    satisfaction: 'mark',
  },
  groups: {
    group: 'name',
    handoffs: 'count',
    waiting: 'seconds',
    firstReply: 'seconds',
    handling: 'seconds',
    abandoned: 'share',
    breached: 'share',
    satisfaction: 'mark',
  },
  agents: {
    agent: 'name',
    handoffs: 'count',
    firstReply: 'seconds',
    handling: 'seconds',
    breached: 'share',
    satisfaction: 'mark',
    ratings: 'count',
  },
} as const satisfies Record<string, Record<string, ColumnKind>>;

export type ReportName = keyof typeof REPORTS;
export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];

type Columns<Name extends ReportName> = (typeof REPORTS)[Name];
type Value<Kind> = Kind extends 'count' | 'hour'
  ? number
  : Kind extends 'share' | 'seconds' | 'mark'
    ? number | null
    : string;

/** One line of a report. */
export type ReportRow<Name extends ReportName> = {
  -readonly [Column in keyof Columns<Name>]: Value<Columns<Name>[Column]>;
};

/** Any column of any report; what each one means is told in one place. */
export type Metric = { [Name in ReportName]: keyof Columns<Name> }[ReportName];

export const BUCKETS = ['hour', 'day', 'week'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** What a report is made of. Times are the operator's, without offset: 2026-11-23T09:00. */
export interface ReportQuery {
  /** From this minute on. */
  from: string;
  /** Until before this minute. */
  to: string;
  /** Of reports over time. */
  bucket: Bucket;
  channel?: string | undefined;
  locale?: string | undefined;
  topic?: string | undefined;
  /** Of hand-offs; what was said to the bot belongs to no group. */
  group?: string | undefined;
}

/** The columns of a report with their kinds, in order. */
export function columnsOf(name: ReportName): [Metric, ColumnKind][] {
  return Object.entries(REPORTS[name]) as [Metric, ColumnKind][];
}
