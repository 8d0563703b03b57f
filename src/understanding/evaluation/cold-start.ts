/** Run by itself: prints how long the understanding took to its first answer, and its memory. */
const MEBIBYTE = 1024 * 1024;

const before = process.memoryUsage().rss;
const start = performance.now();
const { loadUnderstanding, MODEL_FILE } = await import('../index.ts');
const { understand } = loadUnderstanding({ modelFile: MODEL_FILE });
understand('怎么解绑信用卡');
const milliseconds = performance.now() - start;
const { rss } = process.memoryUsage();
console.log(
  JSON.stringify({
    milliseconds,
    mebibytes: rss / MEBIBYTE,
    addedMebibytes: (rss - before) / MEBIBYTE,
  }),
);
