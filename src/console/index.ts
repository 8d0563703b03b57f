import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Reports, UnclearGroups } from '../insight/index.ts';
import type { StaffAccounts } from '../staff/index.ts';
import { guard } from './access.ts';
import { type AuthRoutesOptions, authRoutes } from './auth-routes.ts';
import { type ChatOptions, chats } from './chats/index.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { type PictureRoutesOptions, pictureRoutes } from './picture-routes.ts';
import { type RecordRoutesOptions, recordRoutes } from './record-routes.ts';
import { reportRoutes } from './reports/routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { staffRoutes } from './staff-routes.ts';
import { understandingRoutes } from './understanding-routes.ts';
import { requireWholeText } from './whole-text.ts';

export interface ConsoleOptions extends AuthRoutesOptions {
  accounts: StaffAccounts;
  /** The review desk with what lies around it. */
  review: PictureRoutesOptions & Omit<RecordRoutesOptions, 'mask'>;
  reports: Reports;
  unclear: UnclearGroups;
  chats: ChatOptions;
}

/** The description of a route also names who may use it. */
const describe: typeof jsonSchemaTransform = (route) => {
  const { access, stepUp = false } = route.route.config ?? {};
  const { schema, url } = jsonSchemaTransform(route);
  return { url, schema: { ...schema, 'x-access': access, 'x-step-up': stepUp } };
};

export const CONSOLE_API = '/api/console';

/**
 * The staff's API: every route says who may use it (`config.access`), what it takes and what it answers; the
 * description at `/api/console/openapi.json` is made from that.
 */
export async function consoleApi(app: FastifyInstance, options: ConsoleOptions): Promise<void> {
  await app.register(
    async (scope) => {
      scope.setValidatorCompiler(validatorCompiler);
      scope.setSerializerCompiler(serializerCompiler);
      await scope.register(cookie);
      await scope.register(swagger, {
        openapi: { info: { title: '解绑助手 console', version: '1' } },
        transform: describe,
      });
      requireWholeText(scope);
      guard(scope, options);
      await scope.register(authRoutes, options);
      const { oidc } = options;
      if (oidc) await scope.register(oidcRoutes, { ...options, oidc });
      await scope.register(staffRoutes, options);
      const { mask } = options.chats;
      await scope.register(reviewRoutes, { ...options.review, mask });
      await scope.register(pictureRoutes, options.review);
      await scope.register(recordRoutes, { ...options.review, mask });
      await scope.register(reportRoutes, options);
      await scope.register(settingsRoutes, options);
      await scope.register(understandingRoutes, options);
      await scope.register(chats, { ...options, ...options.chats });
      scope.get('/openapi.json', { config: { access: 'staff' }, schema: { hide: true } }, async () =>
        scope.swagger(),
      );
    },
    { prefix: CONSOLE_API },
  );
}
