import type { Arena } from "../arena.ts";
import { encodeModule } from "../assembler/encode-module.ts";
import type { Func } from "../assembler/term.ts";
import type { WebAssemblyHost } from "../host.ts";
import { control } from "./control.ts";
import { Jobs, type Piece, type SharedFunction } from "./jobs.ts";
import { Patience } from "./patience.ts";
import { sharedArenaOf } from "./shared-arena.ts";
import { type StartedWorker, startWorker } from "./start-worker.ts";

/** Who is held up leaves the rest to others. */
const piecesPerThread = 4;

/** Bytes of room that a piece of work has for itself. */
const roomBytes = 1024;

/** The calling thread and the workers that help it, with an arena that all of them reach. */
export class Team {
  /** Work is never worth being cut into more pieces than these. */
  static readonly mostPieces = control.pieceLimit;
  readonly arena: Arena;
  readonly #rooms: number;
  readonly #block: Int32Array;
  readonly #workers: readonly StartedWorker[];
  readonly #jobs: Jobs;
  readonly #patience = new Patience();
  #functions = 0;
  #modulesEnd = control.modules * 4;

  /** @throws what the host throws where it has no memory to share, or lets no worker start */
  constructor(host: WebAssemblyHost, workers: number) {
    this.arena = sharedArenaOf(host);
    this.#rooms = this.arena.allocate(Team.mostPieces * roomBytes); // before all that others allocate, so that nobody gives it back
    this.#block = new Int32Array(new SharedArrayBuffer(control.length * 4));
    this.#jobs = new Jobs(this.#block);
    this.#workers = startWorkers(workers, { block: this.#block, memory: this.arena.memory });
  }

  /** How many workers have started and take part. */
  get ready(): number {
    return Atomics.load(this.#block, control.ready);
  }

  /** How many pieces large work is best cut into. */
  get pieces(): number {
    return Math.min(Team.mostPieces, piecesPerThread * (this.ready + 1));
  }

  /** Where the piece of that number, below `mostPieces`, has a kilobyte for itself. */
  roomOf(piece: number): number {
    return this.#rooms + piece * roomBytes;
  }

  /** How many pieces of work workers have taken over. */
  get helped(): number {
    return Atomics.load(this.#block, control.helped);
  }

  /**
   * Compiles functions that compute in the team's arena, for everybody.
   *
   * @returns null where the team has no room for more modules
   * @throws WebAssembly.CompileError if the host refuses the module
   */
  load<E extends Readonly<Record<string, Func>>>(
    exports: E,
  ): { readonly [K in keyof E]: SharedFunction } | null {
    const { host, memory, declaration } = this.arena;
    const bytes = encodeModule({ memory: declaration, exports });
    const names = Object.keys(exports);
    const [first, start] = [this.#functions, this.#modulesEnd];
    const room = start + bytes.length <= this.#block.byteLength;
    if (!room || first + names.length > control.functionLimit) return null;
    const [space, name] = declaration.importedAs;
    const instance = new host.Instance(new host.Module(bytes), { [space]: { [name]: memory } });
    this.#functions += names.length;
    this.#modulesEnd += bytes.length;
    new Uint8Array(this.#block.buffer, start).set(bytes);
    const compiled = instance.exports as Readonly<Record<string, SharedFunction["call"]>>;
    const entries = names.map((name, k) => {
      const id = first + k;
      this.#block.set([start, bytes.length, k], control.functions + id * control.functionSize);
      return [name, { id, call: compiled[name] }];
    });
    return Object.fromEntries(entries);
  }

  /** Whether workers are to take part in some large work. */
  takesPart(): boolean {
    return this.#patience.lasts() && this.ready > 0;
  }

  /**
   * Has all pieces computed, by whoever is free, and returns when they are; one piece alone, and pieces with more operands than there is room
   * for, by the caller.
   *
   * @throws Error if a kernel throws: what has been computed is then unknown
   */
  run(pieces: readonly Piece[]): void {
    if (pieces.length === 1 || pieces.some(({ length }) => length > control.pieceSize)) {
      for (const [{ call }, ...operands] of pieces) call(...operands);
      return;
    }
    for (let start = 0; start < pieces.length; start += Team.mostPieces) {
      const { worked, waited } = this.#jobs.run(pieces.slice(start, start + Team.mostPieces));
      this.#patience.judge(worked, waited);
    }
  }

  /** Ends the workers. */
  stop(): void {
    for (const worker of this.#workers) worker.stop();
  }
}

/** As many of them as the host lets start, if any. */
function startWorkers(count: number, data: object): StartedWorker[] {
  const started: StartedWorker[] = [];
  for (let k = 0; k < count; k++) {
    try {
      started.push(startWorker(data));
    } catch (error) {
      if (started.length === 0) throw error;
    }
  }
  return started;
}
