/** The stock way, in one process per part: offline-directline, or a bot on the SDK's CloudAdapter behind express. */
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  type Request,
  type Response,
} from 'botbuilder';
import { DialogSet, type DialogState } from 'botbuilder-dialogs';
import { loadPeer } from './peers.ts';
import { createWaterfall, walk } from './waterfall.ts';

/** What to be: the bot, or the Direct Line server in front of it. */
export type StockPart = { part: 'bot'; port: number } | { part: 'direct-line'; port: number; botUrl: string };

interface ExpressApp {
  use(middleware: unknown): void;
  post(path: string, handler: (request: Request, response: Response) => void): void;
  listen(port: number, listening?: () => void): void;
}
type Express = { (): ExpressApp; json(): unknown };
interface OfflineDirectLine {
  initializeRoutes(app: ExpressApp, port: number, botUrl: string): void;
}

/** As in the SDK's samples. Without an app id nobody signs anything, which is the fastest it can be. */
function startBot(app: ExpressApp, json: unknown): void {
  const state = new ConversationState(new MemoryStorage());
  const set = new DialogSet(state.createProperty<DialogState>('dialogs'));
  for (const dialog of createWaterfall()) set.add(dialog);
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  app.use(json);
  app.post('/api/messages', (request, response) => {
    adapter
      .process(request, response, async (context) => {
        if (context.activity.type === 'message') await walk(set, context);
        await state.saveChanges(context, false);
      })
      .catch((error) => console.error(error));
  });
}

function start(job: StockPart): Promise<void> {
  const express = loadPeer<Express>('express');
  const app = express();
  if (job.part === 'bot') {
    startBot(app, express.json());
    return new Promise((resolve) => app.listen(job.port, resolve));
  }
  // It listens by itself and says when in its log only; whoever asks too early asks again.
  loadPeer<OfflineDirectLine>('offline-directline').initializeRoutes(app, job.port, job.botUrl);
  return Promise.resolve();
}

process.on('message', (job: StockPart) => {
  start(job).then(
    () => process.send?.({ result: null }),
    (error: unknown) => process.send?.({ fault: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
