import { lockDirectory } from '../../src/database/pid-lock.ts';

/** Program: holds the lock given as its argument until it is killed or told to let go. */
const [, , path = ''] = process.argv;
const unlock = await lockDirectory(path);
console.log('held');
process.stdin.once('data', async () => {
  await unlock();
  process.exit(0);
});
