import { Arena } from "../arena.ts";
import { encodeModule } from "../assembler/encode-module.ts";
import type { Func } from "../assembler/term.ts";
import type { WebAssemblyHost } from "../host.ts";
import { control, spins } from "./control.ts";
import { type StartedWorker, startWorker } from "./start-worker.ts";

/** A function of a module, as the whole team has it. */
export interface SharedFunction {
  readonly id: number;
  readonly call: (...operands: readonly number[]) => void;
}

/** Some work that can be done at any time by anybody: a function and its operands, which are whole numbers of 32 bits. */
export type Piece = readonly [work: SharedFunction, ...operands: number[]];

/** Who is held up leaves the rest to others. */
const piecesPerThread = 4;

/** Work is left to the caller so many times at most before workers are tried again. */
const longestRest = 128;

/** Milliseconds that the caller may wait for a piece without suspecting that the worker stands still. */
const patience = 0.1;

/** Limits of the shared memory in pages of 64 KiB: hosts with little address space may grant less. */
const memoryLimits = [16_384, 4096];

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
  readonly #maySleep: boolean;
  #rest = 0;
  #nextRest = 1;
  #functions = 0;
  #modulesEnd = control.modules * 4;

  /** @throws what the host throws where it has no memory to share, or lets no worker start */
  constructor(host: WebAssemblyHost, workers: number) {
    this.arena = sharedArenaOf(host);
    this.#rooms = this.arena.allocate(Team.mostPieces * roomBytes); // before all that others allocate, so that nobody gives it back
    this.#block = new Int32Array(new SharedArrayBuffer(control.length * 4));
    this.#maySleep = maySleepOn(this.#block);
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

  /**
   * Whether workers are to take part in some large work.
   *
   * Where others use the machine too, a worker may stand still with a piece in hand, while the caller waits. Who finds that does some work alone,
   * and twice as much each time.
   */
  takesPart(): boolean {
    if (this.#rest > 0) {
      this.#rest--;
      return false;
    }
    return this.ready > 0;
  }

  /**
   * Has all pieces computed, by whoever is free, and returns when they are.
   *
   * @throws Error if a kernel throws: what has been computed is then unknown
   */
  run(pieces: readonly Piece[]): void {
    for (let start = 0; start < pieces.length; start += control.pieceLimit)
      this.#runJob(pieces.slice(start, start + control.pieceLimit));
  }

  /** Ends the workers. */
  stop(): void {
    for (const worker of this.#workers) worker.stop();
  }

  #runJob(pieces: readonly Piece[]): void {
    if (pieces.length === 1) {
      const [[{ call }, ...operands]] = pieces;
      call(...operands);
      return;
    }
    const block = this.#block;
    for (let k = 0; k < pieces.length; k++) {
      const piece = pieces[k];
      const start = control.pieces + k * control.pieceSize;
      block[start] = piece[0].id;
      for (let j = 1; j < piece.length; j++) block[start + j] = piece[j] as number;
    }
    block[control.failed] = 0;
    block[control.unfinished] = pieces.length;
    Atomics.store(block, control.unclaimed, pieces.length); // from here on workers claim
    Atomics.add(block, control.job, 1);
    Atomics.notify(block, control.job, pieces.length - 1);
    const start = performance.now();
    let end = start;
    try {
      let piece = Atomics.sub(block, control.unclaimed, 1);
      for (; piece > 0; piece = Atomics.sub(block, control.unclaimed, 1)) {
        const [{ call }, ...operands] = pieces[piece - 1];
        call(...operands);
        Atomics.sub(block, control.unfinished, 1);
      }
      end = performance.now();
    } catch (error) {
      Atomics.sub(block, control.unfinished, 1);
      const unclaimed = Atomics.exchange(block, control.unclaimed, 0);
      if (unclaimed > 0) Atomics.sub(block, control.unfinished, unclaimed);
      throw error;
    } finally {
      this.#wait();
    }
    if (Atomics.load(block, control.failed) !== 0) throw new Error("a kernel has failed in a worker");
    this.#judge(end - start, performance.now() - end);
  }

  #judge(worked: number, waited: number): void {
    if (waited <= worked + patience) {
      this.#nextRest = Math.max(1, this.#nextRest / 2);
      return;
    }
    this.#rest = this.#nextRest;
    this.#nextRest = Math.min(2 * this.#nextRest, longestRest);
  }

  /** Until workers have done what they claimed: nothing may use the arena before. */
  #wait(): void {
    const block = this.#block;
    let turns = 0;
    for (;;) {
      const unfinished = Atomics.load(block, control.unfinished);
      if (unfinished <= 0) return;
      if (this.#maySleep && ++turns > spins.caller) Atomics.wait(block, control.unfinished, unfinished);
    }
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

function sharedArenaOf(host: WebAssemblyHost): Arena {
  for (const pages of memoryLimits.slice(0, -1)) {
    try {
      return new Arena(host, pages);
    } catch {
      // less may do
    }
  }
  return new Arena(host, memoryLimits[memoryLimits.length - 1]);
}

/** The thread that draws a page must not sleep. */
function maySleepOn(block: Int32Array): boolean {
  try {
    Atomics.wait(block, control.unfinished, -1);
    return true;
  } catch {
    return false;
  }
}
