import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { chatRoutes } from './chat-routes.ts';
import { deskRoutes } from './desk-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { type LiveOptions, liveRoutes } from './live-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { quickReplyRoutes } from './quick-reply-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { superviseRoutes } from './supervise-routes.ts';

/** What the chats need besides what the console has already. */
export type ChatOptions = Omit<LiveOptions, 'login' | 'csrfKey' | 'origin' | 'memory' | 'clock'>;

/** 人工会话: the desk's queue, its chats, their words, and what is told live. */
export const chats: FastifyPluginAsyncZod<LiveOptions> = async (app, options) => {
  for (const routes of [
    deskRoutes,
    chatRoutes,
    messageRoutes,
    fileRoutes,
    superviseRoutes,
    quickReplyRoutes,
    searchRoutes,
  ])
    await app.register(routes, options);
  await app.register(liveRoutes, options);
};
