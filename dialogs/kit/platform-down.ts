import type { WaterfallStepContext } from 'botbuilder-dialogs';
import { say } from './say.ts';

/** The one sentence for "the platform cannot be reached": what we do not know, we say we do not know. */
export async function sayPlatformDown(step: WaterfallStepContext): Promise<void> {
  await say(step.context, 'common.platformDown');
}
