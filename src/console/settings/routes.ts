import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DEFAULT_GROUP } from '../../domain/handoff-rules.ts';
import { auditName } from '../../domain/staff.ts';
import type { Desk, SettingsOutcome } from '../../handoff/index.ts';
import type { StaffAccounts } from '../../staff/index.ts';
import { actorOf } from '../access.ts';
import { Refusal } from '../refusal.ts';
import { account, member, one } from '../shapes.ts';
import { checkedHours, deskSettings, group } from './shapes.ts';

export interface SettingsOptions {
  accounts: StaffAccounts;
  chats: { desk: Pick<Desk, 'settings' | 'changeSettings' | 'groups' | 'saveGroup'> };
}

/** What supervisors say of an account; all else is for administrators. */
const service = account.pick({ groups: true, skills: true, capacity: true });

const changedMeanwhile = (details: { version: number; now: unknown }) =>
  new Refusal(409, 'ChangedMeanwhile', 'Somebody else has just changed this.', undefined, details);

function saved<T>(outcome: SettingsOutcome<T>): { value: T; version: number } {
  if (outcome.kind === 'done') return outcome;
  const { version, now } = outcome;
  throw changedMeanwhile({ version, now });
}

/** 客服设置: hours and holidays, time limits, groups with their members. A stale version is told what it is now. */
export const settingsRoutes: FastifyPluginAsyncZod<SettingsOptions> = async (app, { accounts, chats }) => {
  const { desk } = chats;
  const config = { access: 'settings' as const };
  const settings = z.object({ value: deskSettings, version: z.int() });

  app.get(
    '/settings',
    {
      config,
      schema: {
        summary: 'The desk’s settings, what the operator has configured, and the groups',
        response: {
          200: z.object({ desk: settings.extend({ defaults: deskSettings }), groups: z.array(group) }),
        },
      },
    },
    async () => {
      const [now, groups] = await Promise.all([desk.settings(), desk.groups()]);
      return { desk: now, groups };
    },
  );

  app.patch(
    '/settings',
    {
      config,
      schema: {
        summary: 'Change settings; those in `reset` go back to what the operator has configured',
        body: z.strictObject({
          version: z.int(),
          change: z.strictObject(deskSettings.shape).partial().default({}),
          reset: z.array(deskSettings.keyof()).max(20).default([]),
        }),
        response: { 200: settings },
      },
    },
    async (request) => {
      const { version, change, reset } = request.body;
      const { hours, ...limits } = change;
      const back = Object.fromEntries(reset.map((name) => [name, undefined]));
      const wanted = { ...limits, ...(hours && { hours: checkedHours(hours) }), ...back };
      return saved(await desk.changeSettings(wanted, actorOf(request), version));
    },
  );

  app.put(
    '/settings/groups/:id',
    {
      config,
      schema: {
        summary: 'Make a group (version 0) or change it',
        params: group.pick({ id: true }),
        body: group.omit({ id: true }),
        response: { 200: z.object({ group }) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { version, hours, ...rest } = request.body;
      if (id === DEFAULT_GROUP && !rest.active)
        throw new Refusal(422, 'DefaultGroup', 'This group takes whatever no other group asks for.');
      const wanted = { ...rest, id, ...(hours && { hours: checkedHours(hours) }) };
      return { group: saved(await desk.saveGroup(wanted, actorOf(request), version)).value };
    },
  );

  app.patch(
    '/settings/members/:id',
    {
      config,
      schema: {
        summary: 'Whose customers somebody serves, what they know, and how many at the same time',
        params: one,
        body: z.strictObject({ version: z.int(), ...service.partial().shape }),
        response: { 200: z.object({ member }) },
      },
    },
    async (request) => {
      const { version, ...change } = request.body;
      const { id } = request.params;
      const known = new Set((await desk.groups()).map((it) => it.id));
      const unknown = change.groups?.find((it) => !known.has(it));
      if (unknown !== undefined) throw new Refusal(422, 'UnknownGroup', 'There is no such group.');
      const outcome = await accounts.change(id, change, auditName(actorOf(request)), version);
      if (outcome.kind === 'done') return { member: outcome.member };
      const now = await accounts.find(id);
      if (!now) throw new Refusal(404, 'NotFound', 'There is no such account.');
      throw changedMeanwhile({ version: now.version, now });
    },
  );
};
