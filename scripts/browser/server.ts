import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>isograd</title>
<link rel="icon" href="data:,">
<body>
<script type="module" src="page.js"></script>
`;

/**
 * Serves the page at / and the scripts of `folder` beside it on the loopback interface, while `visit` runs.
 *
 * @param visit gets the address of the page
 */
export async function whileServing<R>(
  folder: string,
  headers: Readonly<Record<string, string>>,
  visit: (address: string) => Promise<R>,
): Promise<R> {
  const server = createServer(async ({ url = "" }, response) => {
    const script = /^\/([\w-]+\.js)$/.exec(url)?.[1];
    const type = script === undefined ? "text/html" : "text/javascript";
    const body = script === undefined ? page : await readFile(join(folder, script)).catch(() => null);
    const status = url === "/" || (script !== undefined && body !== null) ? 200 : 404;
    response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store", ...headers });
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    return await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
