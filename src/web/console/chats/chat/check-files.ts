import { CHAT_FILE_ACCEPT, MAX_CHAT_FILE_BYTES } from '../../../../domain/chat-file.ts';

/** Files that wait beside the words at most. */
export const MOST_FILES = 5;

export type FileProblem = 'fileEmpty' | 'fileTooLarge' | 'fileWrongType' | 'fileTooMany';

/** What of the chosen files can be sent, and what is wrong with the first that cannot. The server checks again. */
export function checkFiles(
  chosen: readonly Pick<File, 'name' | 'type' | 'size'>[],
  room: number,
): { good: number[]; problem: { key: FileProblem; name: string } | undefined } {
  const good: number[] = [];
  let problem: { key: FileProblem; name: string } | undefined;
  chosen.forEach((file, index) => {
    const key = problemOf(file) ?? (good.length >= room ? 'fileTooMany' : undefined);
    if (key) problem ??= { key, name: file.name };
    else good.push(index);
  });
  return { good, problem };
}

function problemOf({ type, size }: Pick<File, 'type' | 'size'>): FileProblem | undefined {
  if (!CHAT_FILE_ACCEPT.some((accepted) => accepted === type)) return 'fileWrongType';
  if (size === 0) return 'fileEmpty';
  return size > MAX_CHAT_FILE_BYTES ? 'fileTooLarge' : undefined;
}
