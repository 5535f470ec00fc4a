import { control, spins } from "./control.ts";

/**
 * What a worker runs: JavaScript as a string, since no worker can be started from TypeScript, and bundlers know no file to keep beside.
 *
 * It gets the block of control and the memory once, and never returns to its event loop: modules come as bytes in the block.
 */
export const workerProgram = `
function serve({ block, memory }) {
  const functions = [];
  const find = (id) => (functions[id] ??= load(${control.functions} + id * ${control.functionSize}));
  const load = (entry) => {
    const bytes = new Uint8Array(block.buffer, block[entry], block[entry + 1]).slice();
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { arena: { memory } });
    return Object.values(instance.exports)[block[entry + 2]];
  };
  let job = 0;
  Atomics.add(block, ${control.ready}, 1);
  for (;;) {
    let piece;
    while ((piece = Atomics.sub(block, ${control.unclaimed}, 1)) > 0) {
      const start = ${control.pieces} + (piece - 1) * ${control.pieceSize};
      try {
        find(block[start])(...block.subarray(start + 1, start + ${control.pieceSize}));
      } catch {
        Atomics.store(block, ${control.failed}, 1);
      }
      Atomics.add(block, ${control.helped}, 1);
      if (Atomics.sub(block, ${control.unfinished}, 1) === 1) Atomics.notify(block, ${control.unfinished});
    }
    for (let k = 0; k < ${spins.worker} && Atomics.load(block, ${control.job}) === job; k++);
    Atomics.wait(block, ${control.job}, job);
    job = Atomics.load(block, ${control.job});
  }
}
if (typeof require === "function") serve(require("node:worker_threads").workerData);
else onmessage = ({ data }) => serve(data);
`;
