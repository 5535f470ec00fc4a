import type { Func } from "./term.ts";

/** The module's one memory: its own, or one that the host provides. Sizes are in pages of 64 KiB. */
export interface MemoryDeclaration {
  readonly minimum: number;
  readonly maximum?: number;
  /** Shared between threads; needs a maximum. */
  readonly shared?: boolean;
  readonly importedAs?: readonly [module: string, name: string];
  readonly exportedAs?: string;
}

/** What a module consists of; functions that the exported ones call belong to it too. */
export interface ModuleDefinition<E extends Readonly<Record<string, Func>> = Readonly<Record<string, Func>>> {
  readonly memory?: MemoryDeclaration;
  readonly exports: E;
}
