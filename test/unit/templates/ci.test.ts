import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const FOLDER = "templates/ci";
const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const read = (path: string): string => readFileSync(join(FOLDER, path), "utf8");

interface Job {
  readonly permissions?: Record<string, string>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}
const workflow = parse(read("github/leeway.yml")) as {
  on: Record<string, unknown>;
  permissions: object;
  jobs: Record<string, Job>;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

/** GitHub's own parser of workflows. It imports JSON in a way that Node has given up, so it is bundled first. */
async function gitHubParser(): Promise<typeof import("@actions/workflow-parser")> {
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "@actions/workflow-parser"', resolveDir: "." },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
  });
  const file = join(mkdtempSync(join(tmpdir(), "leeway-parser-")), "parser.mjs");
  writeFileSync(file, outputFiles[0]?.contents ?? "");
  try {
    return await import(/* @vite-ignore */ file);
  } finally {
    rmSync(dirname(file), { recursive: true });
  }
}

describe("the workflow for GitHub", () => {
  it("is one by GitHub's own parser", async () => {
    const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await gitHubParser();
    const content = read("github/leeway.yml");
    const faults = async (text: string): Promise<string[]> => {
      const { context, value } = parseWorkflow(
        { name: "leeway.yml", content: text },
        new NoOperationTraceWriter(),
      );
      if (value) await convertWorkflowTemplate(context, value);
      return context.errors.getErrors().map(({ message }) => message);
    };
    expect(await faults(content)).toEqual([]);
    expect(await faults(content.replace("permissions:", "permisions:"))).not.toEqual([]);
    expect(await faults(content.replace("github.token }}", "githb.token }}"))).not.toEqual([]);
  });

  it("names actions by full commit hash, with the version beside it", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(2);
    expect(used.filter((each) => !/@[0-9a-f]{40}$/.test(each))).toEqual([]);
    const lines = read("github/leeway.yml")
      .split("\n")
      .filter((line) => line.includes("uses:"));
    expect(lines.filter((line) => !/ # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it("puts nothing that somebody else wrote into a shell", () => {
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
  });

  it("allows nothing but what a job asks for, and a pull request never to write contents", () => {
    expect(workflow.permissions).toEqual({});
    for (const [name, job] of Object.entries(workflow.jobs)) {
      expect(job.permissions, name).toBeDefined();
      expect(job["timeout-minutes"], name).toBeLessThanOrEqual(30);
    }
    expect(workflow.jobs.check?.permissions).toEqual({ contents: "read", "pull-requests": "write" });
  });
});

describe("the pipeline for GitLab", () => {
  const pipeline = parse(read("gitlab/leeway.yml")) as Record<
    string,
    { image?: string; extends?: string; script?: string[]; rules?: { if: string }[] }
  >;

  it("runs in an image named by its digest", () => {
    expect(pipeline[".leeway"]?.image).toMatch(/@sha256:[0-9a-f]{64}$/);
  });

  it("has jobs that each say when they run, with scripts of nothing but text", () => {
    const { ".leeway": base, ...jobs } = pipeline;
    expect(base).toBeDefined();
    for (const [name, job] of Object.entries(jobs)) {
      expect(job.extends, name).toBe(".leeway");
      expect(job.rules?.length, name).toBe(1);
      expect(
        job.script?.every((line) => typeof line === "string"),
        name,
      ).toBe(true);
    }
  });
});

describe("every template", () => {
  it("installs nothing by a bare name", () => {
    for (const path of files) {
      expect(readFileSync(path, "utf8"), path).not.toMatch(/\b(npm|npx|pip|yarn|pnpm|brew)\b/);
    }
  });

  it("has shell that bash can read", () => {
    const scripts = [
      read("leeway/install.sh"),
      read("githooks/pre-commit"),
      ...steps.flatMap(({ run }) => run ?? []),
    ];
    for (const script of scripts) execFileSync("bash", ["-n"], { input: script });
  });
});
