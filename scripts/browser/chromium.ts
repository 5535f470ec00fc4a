import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import type { Outcome } from "./program/outcome.ts";

/** What happened on a page. */
export interface Visit {
  readonly address: string;
  readonly outcome: Outcome;
  /** What went to the console. */
  readonly messages: readonly string[];
  /** The addresses that were asked for, whoever answered. */
  readonly requests: readonly string[];
}

/**
 * Starts the Chromium of the system, or the one that CHROMIUM_PATH names, in a new profile that goes with it.
 *
 * @throws Error if there is none
 */
export function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  if (!existsSync(executablePath))
    throw new Error(
      `no Chromium at ${executablePath}: install Debian's package chromium, or name one in CHROMIUM_PATH`,
    );
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * Opens the page and waits until it says what it computed.
 *
 * @throws Error if it fails, or says nothing for half a minute
 */
export async function visitPage(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const [messages, requests]: string[][] = [[], []];
    page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
    page.on("request", (request) => requests.push(request.url()));
    const failed = new Promise<never>((_, reject) => page.on("pageerror", reject));
    const said = page.goto(address).then(() => page.locator("pre").textContent({ timeout: 30_000 }));
    const text = await Promise.race([said, failed]);
    return { address, outcome: JSON.parse(text ?? ""), messages, requests };
  } finally {
    await context.close();
  }
}
