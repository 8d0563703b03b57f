import { createEmbeddedMemory } from '../../src/conversation/embedded/shared-memory.ts';
import { FakeClock } from '../support/clock.ts';
import { describeMemoryContract } from '../support/memory-contract.ts';

describeMemoryContract('one process', async () => {
  const clock = new FakeClock();
  const memory = createEmbeddedMemory(clock);
  return { memories: [memory, memory], passTime: () => clock.advance(100), close: async () => undefined };
});
