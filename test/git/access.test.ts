import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fetchObject, fetchRemote, initRepository } from "../../src/git/remotes.ts";
import { accessFor } from "../../src/version/check/upstream.ts";

it("signs in with a token at its host alone, in place of what is configured there", async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(403).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const folder = mkdtempSync(join(tmpdir(), "leeway-access-"));
  try {
    const repo = await initRepository(join(folder, "repo"), "main");
    await repo.run(["config", `http.${host}.extraheader`, "Authorization: Basic b2xk"]);
    const access = { host, user: "x-access-token", token: "secret" };
    const basic = `Basic ${Buffer.from("x-access-token:secret").toString("base64")}`;
    await expect(fetchRemote(repo, `${host}north.git`, { access })).rejects.toThrow("does not let you in");
    await expect(
      fetchObject(repo, `${host}north.git`, "a".repeat(40), "refs/x/y", { access }),
    ).rejects.toThrow();
    expect(new Set(seen)).toEqual(new Set([basic]));
    seen.length = 0;
    const elsewhere = { ...access, host: "http://127.0.0.1:1/" };
    await expect(fetchRemote(repo, `${host}north.git`, { access: elsewhere })).rejects.toThrow();
    expect(new Set(seen)).toEqual(new Set(["Basic b2xk"]));
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

it("gives a host's own token to that host, and the one for upstream wherever upstream is, over https alone", () => {
  const env = {
    GITHUB_TOKEN: "a",
    GITHUB_SERVER_URL: "https://github.com",
    CI_JOB_TOKEN: "b",
    CI_SERVER_URL: "https://git.school.example",
  };
  expect(accessFor("https://github.com/trust/north.git", env)).toMatchObject({
    host: "https://github.com/",
    token: "a",
  });
  expect(accessFor("https://git.school.example/north.git", env)).toMatchObject({
    user: "gitlab-ci-token",
    token: "b",
  });
  for (const url of [
    "https://github.com.evil.example/x.git",
    "http://github.com/x.git",
    "../north",
    "git@github.com:x/y.git",
    "https://user@github.com/x.git",
  ])
    expect(accessFor(url, env)).toBeUndefined();
  expect(accessFor("https://elsewhere.example/x.git", { ...env, LEEWAY_TOKEN: "c" })).toMatchObject({
    host: "https://elsewhere.example/",
    token: "c",
  });
});
