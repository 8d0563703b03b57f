import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, isNull, lte } from 'drizzle-orm';
import { FACTS } from '../../dialogs/index.ts';
import { tellReminders } from '../../src/bot/reminding.ts';
import { type BotParts, createBot } from '../../src/bot/turn.ts';
import { createCases, createReviewDesk } from '../../src/cases/index.ts';
import { createEmbeddedStore } from '../../src/conversation/embedded/store.ts';
import type { RunTurn } from '../../src/conversation/runner.ts';
import type { Accept, ConversationStore } from '../../src/conversation/store.ts';
import { connect } from '../../src/database/connect.ts';
import type { Database } from '../../src/database/database.ts';
import { type Outbox, startOutbox } from '../../src/database/outbox.ts';
import { outbox as outboxRows } from '../../src/database/schema/index.ts';
import { createDocuments } from '../../src/documents/documents.ts';
import { openFileBlobs } from '../../src/documents/file-blobs.ts';
import { createVault, localKeyWrapper } from '../../src/documents/vault.ts';
import { USUAL_TIMES } from '../../src/domain/desk.ts';
import type { Handoffs } from '../../src/domain/handoff.ts';
import type { TurnInsight } from '../../src/domain/insight.ts';
import type { OpeningHours } from '../../src/domain/opening-hours.ts';
import { DEFAULT_REVIEW_RULES } from '../../src/domain/review.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { StaffActor } from '../../src/domain/staff.ts';
import { createHandoffs, createTranscripts, deskRounds } from '../../src/handoff/index.ts';
import { createPlatformClient } from '../../src/platform/client.ts';
import { startSandbox } from '../../src/platform/sandbox/server.ts';
import { createPlatformEvents, createReminders, deliverReminders } from '../../src/reminders/index.ts';
import { fromRoot } from '../../src/root.ts';
import { createAccounts, type StaffAccounts } from '../../src/staff/index.ts';
import { createFindFact, loadUnderstanding } from '../../src/understanding/index.ts';
import { FakeClock } from './clock.ts';
import { eventually } from './eventually.ts';

const WEEKDAY = [{ from: '09:00', to: '18:00' }];

export const TEST_HOURS: OpeningHours = {
  timeZone: 'Asia/Shanghai',
  periods: { 1: WEEKDAY, 2: WEEKDAY, 3: WEEKDAY, 4: WEEKDAY, 5: WEEKDAY },
  holidays: [],
};

export const TEST_SETTINGS: Settings = {
  appPath: ['我的', '账户安全', '银行卡管理'],
  securityPath: ['我的', '账户安全'],
  paymentSettingsPath: ['我的', '支付设置'],
  profilePath: ['个人中心'],
  helpPath: ['帮助中心'],
  busyHours: { from: '09:00', to: '11:00' },
  creditReportMonths: 3,
  consentVersion: 'test-1',
  reviewWorkingDays: { from: 1, to: 3 },
  documentRetentionDays: 30,
  reminderHours: { timeZone: 'Asia/Shanghai', from: '09:00', to: '21:00' },
};

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** What a test adds to the desk where its talks come in. */
export interface Entrance {
  /** Returns the store by which all is said from then on. */
  join?(parts: {
    store: ConversationStore;
    database: Database;
    clock: FakeClock;
  }): Promise<ConversationStore>;
  /** Between the messages and the bot. */
  around?(runTurn: RunTurn, clock: FakeClock): RunTurn;
  /** Who has the talks instead of the desk. */
  elsewhere?: NonNullable<Handoffs['elsewhere']>;
  /** Where links to the product begin. */
  publicUrl?: string;
}

/** The whole product behind the channels, with a clock of its own: engine, bot, cases, documents, sandbox. */
export async function openDesk({ join: joined, around, elsewhere, publicUrl }: Entrance = {}) {
  const clock = new FakeClock();
  const folder = await mkdtemp(join(tmpdir(), 'unbind-desk-'));
  const database = await connect({ dataDir: 'memory://' });
  if (!database.pglite) throw new Error('the test desk is embedded');
  const log = await createEmbeddedStore({ sql: database.pglite, clock });
  const store = joined ? await joined({ store: log, database, clock }) : log;
  const token = randomBytes(24).toString('hex');
  const sandbox = await startSandbox({ token, clock });
  const platform = createPlatformClient({
    baseUrl: sandbox.url,
    token,
    timeoutMs: 300,
    // Circuits run by real time: what one talk's outage opened must not be open in the next talk.
    circuit: { halfOpenAfterMs: 5, halfOpenMaxMs: 20 },
  });
  const understanding = loadUnderstanding({ modelFile: fromRoot('dist', 'model.bin') });
  let outbox: Outbox | undefined;
  const cases = createCases({ database, clock, kick: () => outbox?.kick() });
  const reviewDesk = createReviewDesk({
    database,
    clock,
    kick: () => outbox?.kick(),
    // Chance would make talks differ from run to run.
    rules: { ...DEFAULT_REVIEW_RULES, sampleShare: 0 },
  });
  const accounts = createAccounts({ database, clock });
  const desking = {
    database,
    clock,
    defaults: { ...USUAL_TIMES, hours: TEST_HOURS },
    kick: () => outbox?.kick(),
  };
  const { handoffs, desk } = createHandoffs(desking);
  const transcripts = createTranscripts(desking);
  const rounds = deskRounds({ ...desking, transcripts, readLog: store.read, told: desking.kick });
  const agent = await hire(accounts);
  const documents = createDocuments({
    database,
    clock,
    vault: createVault(localKeyWrapper(randomBytes(32))),
    blobs: await openFileBlobs(join(folder, 'blobs')),
    consentVersion: TEST_SETTINGS.consentVersion,
    ticketKey: randomBytes(32),
    ...(publicUrl && { publicUrl }),
    kick: () => outbox?.kick(),
  });
  const reminding = { database, clock, hours: TEST_SETTINGS.reminderHours };
  const reminders = createReminders({ ...reminding, eventsTaken: true });
  const takePlatformEvent = createPlatformEvents({ ...reminding, kick: () => outbox?.kick() });
  const faults: object[] = [];
  const insights: TurnInsight[] = [];
  const parts: BotParts = {
    services: {
      ...{ platform, cases, handoffs: { ...handoffs, ...(elsewhere && { elsewhere }) } },
      uploads: documents,
      reminders,
      settings: TEST_SETTINGS,
      clock,
    },
    understand: understanding.understand,
    findFact: createFindFact(FACTS),
    log: { error: (details) => void faults.push(details) },
  };
  const runTurn = around ? around(createBot(parts), clock) : createBot(parts);
  const accept: Accept = async (conversationId, incoming) => {
    const accepted = await store.accept(conversationId, incoming);
    await answer(store, runTurn, conversationId, insights);
    return accepted;
  };
  outbox = startOutbox({
    database,
    clock,
    log: { info() {}, warn() {}, error: (details: object) => void faults.push(details) },
    deliver: {
      async 'conversation-event'({ conversationId, name, value, dedupeKey }) {
        await accept(conversationId, {
          origin: 'system',
          activity: { type: 'event', name, value },
          dedupeKey,
        });
      },
      'review-decision': ({ decision, idempotencyKey }) =>
        platform.submitReviewDecision(decision, idempotencyKey),
      reminder: deliverReminders({ ...reminding, tell: tellReminders(store, accept) }),
    },
  });

  return {
    clock,
    store,
    sandbox,
    cases,
    reviewDesk,
    /** Somebody at the desk, made when first named: R01. */
    reviewer: createCrew(accounts),
    handoffs,
    desk,
    transcripts,
    rounds,
    /** 工号 A12, who is at the desk when a talk begins. */
    agent,
    documents,
    reminders,
    takePlatformEvent,
    /** Until all reminders that are due by the clock were told or put off. */
    async tellReminders() {
      outbox?.kick();
      await eventually(async () => {
        const soon = new Date(clock.now().getTime() + 15_000);
        const due = await database.run((db) =>
          db
            .select({ id: outboxRows.id })
            .from(outboxRows)
            .where(
              and(
                eq(outboxRows.kind, 'reminder'),
                isNull(outboxRows.doneAt),
                lte(outboxRows.nextAttemptAt, soon),
              ),
            ),
        );
        return due.length === 0;
      });
    },
    understanding,
    faults,
    /** Of every turn that was committed here. */
    insights,
    parts,
    runTurn,
    accept,
    answer: (conversationId: string) => answer(store, runTurn, conversationId, insights),
    async close() {
      await outbox?.stop();
      await platform.close();
      await sandbox.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function createCrew(accounts: StaffAccounts): (number: string) => Promise<StaffActor> {
  const crew = new Map<string, Promise<StaffActor>>();
  const hire = async (number: string): Promise<StaffActor> => {
    const account = { login: number.toLowerCase(), number, name: number, roles: ['reviewer' as const] };
    const made = await accounts.create({ ...account, oidcSubject: number }, 'operator:test');
    if (made.kind !== 'created') throw new Error(made.kind);
    return made.member;
  };
  return (number) => {
    const known = crew.get(number) ?? hire(number);
    crew.set(number, known);
    return known;
  };
}

/** The one who serves all talks; their capacity is never what is tested here. */
async function hire(accounts: StaffAccounts): Promise<StaffActor> {
  const account = { login: 'agent12', number: 'A12', name: '小林', roles: ['agent' as const], capacity: 50 };
  const groups = ['default', 'complaint', 'fraud'];
  const made = await accounts.create({ ...account, groups, oidcSubject: 'agent12' }, 'test');
  if (made.kind !== 'created') throw new Error(`nobody was hired: ${made.kind}`);
  const { id, number, roles } = made.member;
  return { id, number, roles };
}

/** Runs the turns of a conversation until nothing is left to answer. */
async function answer(
  store: ConversationStore,
  runTurn: RunTurn,
  conversationId: string,
  insights: TurnInsight[],
): Promise<void> {
  const result = await store.claim(conversationId, 60_000);
  let claim = result.kind === 'claimed' ? result.claim : undefined;
  while (claim) {
    const [message] = claim.messages;
    if (!message) return;
    const { insight, ...outcome } = await runTurn(claim, message);
    const committed = await store.commit(claim, { ...outcome, seq: message.seq });
    if (insight) insights.push(insight);
    claim = committed.kind === 'committed' ? committed.claim : undefined;
  }
}
