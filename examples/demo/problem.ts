/** Exit codes, as the shell knows them. */
export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

/** Something that the user can put right: one line that says what, where and what to do; shown without a stack. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    message: string,
    readonly exitCode: number = exitCodes.failed,
  ) {
    super(message);
  }
}

/** Why the system refused, in words: `no such file or folder`. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined && code in reasons) return reasons[code as keyof typeof reasons];
  return error instanceof Error ? error.message : String(error);
}

const reasons = {
  ENOENT: "no such file or folder",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left",
} as const;
