import type { Activity, ConversationReference } from 'botframework-schema';
import type { Log } from '../../domain/log.ts';
import type { Sent } from '../delivery.ts';
import { ConnectorFault, loginFault, sentOf } from './client.ts';
import type { Cloud } from './cloud.ts';
import type { Address } from './place.ts';

/** Posts an activity to where somebody has written from. */
export type Post = (address: Address, activity: Partial<Activity> & { type: string }) => Promise<Sent>;

/** Nothing but what is known: channels refuse names that are empty. */
function referenceOf({ channelId, serviceUrl, tenantId, conversationType, ...ids }: Address) {
  const conversation = {
    id: ids.conversationId,
    ...(tenantId && { tenantId }),
    ...(conversationType && { conversationType }),
  };
  const people = { user: { id: ids.userId }, bot: { id: ids.botId } };
  return { channelId, serviceUrl, conversation, ...people } as ConversationReference;
}

export function createPost({
  cloud,
  log,
}: {
  cloud: Pick<Cloud, 'appId' | 'continueConversationAsync'>;
  log: Log;
}): Post {
  return async (address, activity) => {
    try {
      await cloud.continueConversationAsync(cloud.appId, referenceOf(address), async (context) => {
        // The SDK makes one up, and has channels look for what it would be a reply to.
        Reflect.deleteProperty(context.activity, 'id');
        await context.sendActivity({ ...activity });
      });
      return { kind: 'sent' };
    } catch (error) {
      const { channelId: channel } = address;
      // What the connector refuses is told by its outcome; not what comes before it is asked.
      if (!(error instanceof ConnectorFault))
        log.error({ channel, ...loginFault(error) }, 'nothing can be sent to Azure Bot Service');
      else if (error.status === 401) log.error({ channel, code: error.code }, 'Azure refuses the bot');
      return sentOf(error);
    }
  };
}
