import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Database } from '../../src/database/database.ts';
import { USUAL_TIMES } from '../../src/domain/desk.ts';
import type { NewHandoff } from '../../src/domain/handoff.ts';
import type { StaffActor } from '../../src/domain/staff.ts';
import {
  createHandoffs,
  createTranscripts,
  type DeskOutcome,
  deskRounds,
  type ReadLog,
} from '../../src/handoff/index.ts';
import { createAccounts, type NewStaff } from '../../src/staff/index.ts';
import { FakeClock } from '../support/clock.ts';
import { TEST_HOURS } from '../support/desk.ts';

let count = 0;

/** A desk on a database, without anything that runs by itself. */
export function deskOn(database: Database, readLog: ReadLog = async () => []) {
  const clock = new FakeClock();
  const parts = {
    database,
    clock,
    defaults: { ...USUAL_TIMES, hours: structuredClone(TEST_HOURS) },
    kick: () => {},
  };
  const transcripts = createTranscripts(parts);
  const rounds = deskRounds({ ...parts, transcripts, readLog, told: () => {} });
  const accounts = createAccounts({ database, clock });
  const { handoffs, desk } = createHandoffs(parts);

  return {
    ...{ clock, parts, transcripts, rounds, handoffs, desk },
    /** Somebody at the desk, online unless told otherwise. */
    async agent(
      account: Partial<NewStaff> = {},
      presence: 'online' | 'offline' = 'online',
    ): Promise<StaffActor> {
      const n = ++count;
      const made = await accounts.create(
        { login: `agent${n}`, number: `A${n}`, name: `客服${n}`, roles: ['agent'], ...account },
        'test',
        { password: 'not used in this test' },
      );
      if (made.kind !== 'created') throw new Error(`no account: ${made.kind}`);
      const { id, number, roles } = made.member;
      if (presence === 'online') await desk.setPresence({ id, number, roles }, presence);
      return { id, number, roles };
    },
    /** A customer who asks for a person; returns the hand-off's id. */
    async customer(wish: Partial<NewHandoff> = {}): Promise<string> {
      const conversationId = `c-${randomUUID()}`;
      const base = { conversationId, channel: 'directline', locale: 'zh-CN', seq: 5 };
      const { id } = await handoffs.request({ ...base, ...wish }, `${conversationId}:5`);
      return id;
    },
    async stateOf(id: string) {
      const found = await desk.get(id);
      if (!found) throw new Error('there is no such hand-off');
      return found;
    },
    /** Everybody at the desk goes home and nobody waits any more. */
    async clear(): Promise<void> {
      for (const agent of await desk.agents())
        if (agent.presence !== 'offline') await desk.setPresence(agent, 'offline');
      for (const { id } of await desk.queue({ limit: 1000 })) await handoffs.leave(id, 'cancelled');
      for (const { id } of await desk.messages()) await handoffs.leave(id, 'cancelled');
    },
  };
}

export type TestDesk = ReturnType<typeof deskOn>;

/** The hand-off of a step that was carried out. */
export function done(outcome: DeskOutcome) {
  expect(outcome.kind).to.equal('done');
  if (outcome.kind !== 'done') throw new Error('unreachable');
  return outcome.handoff;
}
