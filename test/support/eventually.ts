/** Polls until the check no longer throws or returns false; after the deadline its last failure is thrown. */
export async function eventually(check: () => unknown, deadlineMs = 10_000): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    try {
      if ((await check()) !== false) return;
      throw new Error('still not so');
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
