import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { auditName, mayDo } from '../domain/staff.ts';
import type { StaffAccounts, StaffOutcome } from '../staff/index.ts';
import { actorOf, memberOf } from './access.ts';
import { Refusal } from './refusal.ts';
import { account, member, one } from './shapes.ts';

const login = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@-]{1,63}$/, 'letters, digits and . _ @ - only, lower case');

const listed = member.partial({ login: true, secondFactor: true });
const created = z.object({ member, temporaryPassword: z.string().optional() });

function done(outcome: StaffOutcome) {
  switch (outcome.kind) {
    case 'done':
      return { member: outcome.member };
    case 'created':
      return { member: outcome.member, temporaryPassword: outcome.temporaryPassword };
    case 'unknown':
      throw new Refusal(404, 'NotFound', 'There is no such account.');
    case 'taken':
      throw new Refusal(409, `Taken-${outcome.what}`, `Another account has this ${outcome.what} already.`);
    case 'changed-meanwhile':
      throw new Refusal(409, 'ChangedMeanwhile', 'Somebody else has just changed this account.');
    case 'last-admin':
      throw new Refusal(409, 'LastAdmin', 'There would be no administrator left.');
  }
}

/** Accounts of the staff, for administrators. */
export const staffRoutes: FastifyPluginAsyncZod<{ accounts: StaffAccounts }> = async (app, { accounts }) => {
  app.get(
    '/staff',
    {
      config: { access: 'staff' },
      schema: {
        summary: 'Everybody at the desk; what is for administrators only they are told',
        response: { 200: z.object({ staff: z.array(listed) }) },
      },
    },
    async (request) => {
      const staff = await accounts.list();
      if (mayDo(memberOf(request).roles, 'accounts')) return { staff };
      // Colleagues need nobody's login, nor how it is protected, nor what they have as customers.
      return { staff: staff.map(({ login: _, secondFactor: __, customerId: ___, ...known }) => known) };
    },
  );

  app.post(
    '/staff',
    {
      config: { access: 'accounts', stepUp: true },
      schema: {
        summary: 'Open an account',
        body: account.partial().required({ number: true, name: true, roles: true }).extend({ login }),
        response: { 201: created },
      },
    },
    async (request, reply) => {
      const outcome = await accounts.create(request.body, auditName(actorOf(request)));
      return reply.code(201).send(done(outcome));
    },
  );

  app.patch(
    '/staff/:id',
    {
      config: { access: 'accounts', stepUp: true },
      schema: {
        summary: 'Change an account',
        params: one,
        body: account.partial().extend({ active: z.boolean().optional(), version: z.int() }),
        response: { 200: z.object({ member }) },
      },
    },
    async (request) => {
      const { version, ...change } = request.body;
      return done(await accounts.change(request.params.id, change, auditName(actorOf(request)), version));
    },
  );

  for (const [path, reset] of [
    ['password', accounts.resetPassword],
    ['second-factor', accounts.resetSecondFactor],
  ] as const) {
    app.post(
      `/staff/:id/reset-${path}`,
      {
        config: { access: 'accounts', stepUp: true },
        schema: { summary: `Reset the ${path} of an account`, params: one, response: { 200: created } },
      },
      async (request) => done(await reset(request.params.id, auditName(actorOf(request)))),
    );
  }
};
