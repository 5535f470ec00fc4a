import type { WriteStream } from "node:tty";

/** Where the demonstration prints: a terminal or a pipe. */
export type Output = Pick<WriteStream, "write"> &
  Partial<Pick<WriteStream, "isTTY" | "columns" | "hasColors">>;
