import { afterEach, describe, expect, it } from "vitest";
import { Contender } from "../../running/contender.ts";
import { workloads } from "../../workloads/table.ts";

/** A process that answers each line with what the body says. */
const contender = (body: string): Contender =>
  new Contender({
    name: "scripted",
    command: process.execPath,
    arguments: [
      "--eval",
      `const say = (reply) => console.log(JSON.stringify(reply));
       console.log("a banner"); say({ ready: true });
       require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => { ${body} });`,
    ],
  });

let running: Contender | null = null;
afterEach(() => running?.stop());

const [workload] = workloads;

describe("a contender", () => {
  it("answers past the banners of its library", async () => {
    running = contender("console.log('noise'); say({ results: 2, cold: 0.5 });");
    expect(await running.prepare(workload, "unused", 10)).toEqual({ results: 2, cold: 0.5 });
  });

  it("says what went wrong, and can be asked again", async () => {
    running = contender("say({ error: 'no f64' });");
    expect(await running.prepare(workload, "unused", 10)).toEqual(new Error("no f64"));
    expect(await running.prepare(workload, "unused", 10)).toEqual(new Error("no f64"));
  });

  it("is reported when its process ends, and started anew", async () => {
    running = contender("process.exit(3);");
    expect(await running.prepare(workload, "unused", 10)).toEqual(new Error("ended with 3"));
    expect(await running.prepare(workload, "unused", 10)).toEqual(new Error("ended with 3"));
  });

  it("is stopped when it takes too long", async () => {
    running = contender("");
    expect(await running.prepare(workload, "unused", 0.5)).toEqual(new Error("took longer than 0.5 s"));
    expect(await running.time(1, 1)).toEqual(new Error("ended before"));
  });

  it("that cannot be started is absent", async () => {
    running = new Contender({ name: "missing", command: "/no/such/program", arguments: [] });
    expect(await running.prepare(workload, "unused", 10)).toBeInstanceOf(Error);
    expect(running.absent).toContain("ENOENT");
  });
});
