import { closeSharedDesk } from './transcript.ts';

/** Mocha root hooks: the shared desk is closed when the run is over. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await closeSharedDesk();
  },
};
