import { isDeepStrictEqual } from "node:util";
import type { Visit } from "./chromium.ts";
import { compare, words } from "./compare.ts";
import type { Outcome } from "./program/outcome.ts";
import type { Setting } from "./settings.ts";

/** What Node computed of the same bundle: with the means of the page, and as it is by default. */
export interface Counterparts {
  readonly alike: Outcome;
  readonly usual: Outcome;
}

/**
 * What is wrong with a visit, a sentence each.
 *
 * @param lineOf the line of the source that a frame of the bundle came from
 */
export function faultsOf(
  { name, means, complaint }: Setting,
  { address, outcome, messages, requests }: Visit,
  { alike, usual }: Counterparts,
  lineOf: (frame: string) => string,
): string[] {
  const faults: string[] = [];
  const expect = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(`${name}: ${fault}`);
  };
  for (const [who, wanted, { means: got }] of [
    ["the page", means, outcome],
    ["Node", { ...means, isolated: true, threads: means.webAssembly }, alike],
  ] as const)
    expect(
      isDeepStrictEqual(got, wanted),
      `expected ${who} to have ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`,
    );
  for (const [who, counterpart] of Object.entries({ alike, usual }))
    for (const difference of compare(outcome.series, counterpart.series, counterpart === alike))
      expect(difference.tolerated, `${difference.name}, against Node (${who}): ${words(difference)}`);
  for (const message of messages)
    expect(complaint?.test(message) ?? false, `expected a silent console, got ${message}`);
  for (const request of requests)
    expect(
      request.replace(/^blob:/, "").startsWith(address),
      `expected no other address than the page's, got ${request}`,
    );
  for (const [who, { message, site }] of Object.entries({ page: outcome.anomaly, Node: alike.anomaly })) {
    const line = site === null ? "nowhere" : lineOf(site);
    expect(
      line.includes("log(tensor([2, -1]))"),
      `${who}: expected anomaly mode to name the line of log, got ${line}`,
    );
    expect(
      message === `log: the result is NaN at [1]; operands: [2] in [-1, 2]; at ${site}`,
      `${who}: expected anomaly mode to tell operation, result, operands and place, got ${message}`,
    );
  }
  return faults;
}
