import { createProcessMemory } from '../../src/domain/process-memory.ts';
import { FakeClock } from '../support/clock.ts';
import { describeMemoryContract } from '../support/memory-contract.ts';

describeMemoryContract('one process', async () => {
  const clock = new FakeClock();
  const memory = createProcessMemory(clock);
  return { memories: [memory, memory], passTime: () => clock.advance(100), close: async () => undefined };
});
