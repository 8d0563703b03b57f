import {
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  type Storage,
  type StoreItems,
  type TurnContext,
} from 'botbuilder';
import { type Activity, ActivityTypes } from 'botframework-schema';
import type { BotState, NewActivity } from '../conversation/store.ts';

const UNSUPPORTED =
  'replies are collected and committed with the turn: nothing sent can be changed, nothing else started';

/** Collects what the bot says in one turn; the turn's commit is what sends it. */
export class TurnAdapter extends BotAdapter {
  readonly replies: NewActivity[] = [];

  override async sendActivities(
    _context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    return activities.map((activity) => {
      const { type } = activity;
      // The SDK emits a trace activity in every dialog turn; it is for the emulator, not for customers.
      if (type && type !== ActivityTypes.Trace) this.replies.push({ ...activity, type });
      return { id: '' };
    });
  }

  override async updateActivity(): Promise<never> {
    throw new Error(UNSUPPORTED);
  }
  override async deleteActivity(): Promise<never> {
    throw new Error(UNSUPPORTED);
  }
  override async continueConversation(_reference: Partial<ConversationReference>): Promise<never> {
    throw new Error(UNSUPPORTED);
  }
}

/** Bot Framework storage over the state of one claim: read from the claim, written into the commit. */
export class ClaimedStorage implements Storage {
  readonly state: BotState;

  constructor(state: BotState) {
    // A turn that fails must leave the committed state as it was. It is JSON, which is copied fastest as such.
    this.state = JSON.parse(JSON.stringify(state)) as BotState;
  }

  async read(keys: string[]): Promise<StoreItems> {
    return Object.fromEntries(keys.filter((key) => key in this.state).map((key) => [key, this.state[key]]));
  }
  async write(changes: StoreItems): Promise<void> {
    Object.assign(this.state, changes);
  }
  async delete(keys: string[]): Promise<void> {
    for (const key of keys) delete this.state[key];
  }
}
