import { spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";
import { BIN } from "./trust.ts";

/** Runs a program on a real pseudo-terminal, and presses each key when the screen has been still for a moment. */
const TERMINAL = `
import fcntl, os, pty, select, struct, sys, termios
keys, command = sys.argv[1].split(","), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
out = b""
def read(quiet):
    global out
    while select.select([fd], [], [], quiet)[0]:
        try:
            data = os.read(fd, 65536)
        except OSError:
            return False
        if not data:
            return False
        out += data
    return True
alive = True
for key in keys:
    alive = alive and read(0.8)
    if alive:
        os.write(fd, key.encode().decode("unicode_escape").encode())
while alive:
    alive = read(5)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.buffer.write(out)
sys.exit(code)
`;

const DOWN = "\\x1b[B";
const ENTER = "\\r";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  built.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, "Look at an onion from the allotment.");
  await built.ok("grimsby", [
    "adapt",
    "y7-cells#practical",
    "--for",
    "place",
    "--why",
    "We have an allotment.",
  ]);
  await built.publishSpring();
});

async function press(
  keys: readonly string[],
  env: Record<string, string> = {},
): Promise<{ trust: Trust; code: number; out: string }> {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"], 3);
  return new Promise((done) => {
    const child = spawn("python3", ["-c", TERMINAL, keys.join(","), process.execPath, BIN, "resolve"], {
      cwd: trust.at("grimsby"),
      env: {
        ...process.env,
        HOME: trust.at("home"),
        XDG_CONFIG_HOME: trust.at("home"),
        TERM: "xterm",
        CI: "",
        ...env,
      },
    });
    let out = "";
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString("utf8");
    });
    child.on("close", (code) => done({ trust, code: code ?? 255, out: stripVTControlCharacters(out) }));
  });
}

const hasPython = spawnSync("python3", ["-c", "import pty"]).status === 0;
const onTerminal = test.skipIf(!hasPython || process.platform === "win32");

onTerminal("upstream's text for the first, this version's for the second", async () => {
  const { trust, code, out } = await press([ENTER, DOWN, ENTER]);
  expect(code).toBe(0);
  expect(out).toContain("1 of 2");
  expect(out).toContain("Families here work on the docks.");
  expect(out).toContain("leeway rebase --continue");
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.spring);
  expect(trust.read("grimsby", PATHS.cells)).toContain("allotment");
  await trust.ok("grimsby", ["rebase", "--continue"]);
});

onTerminal("both, then Ctrl-C: what is decided stays decided, the other waits", async () => {
  const { trust, code, out } = await press([DOWN, DOWN, ENTER, "\\x03"]);
  expect(code).toBe(3);
  expect(out).not.toContain("nothing was changed");
  expect(trust.read("grimsby", PATHS.unit)).toContain(`${TEXTS.haven}\n${TEXTS.spring}`);
  expect(await trust.ok("grimsby", ["status"])).toContain("1 decision left");
});

onTerminal("skip and stop leave everything as it was", async () => {
  const { trust, code } = await press([
    DOWN,
    DOWN,
    DOWN,
    DOWN,
    DOWN,
    ENTER,
    DOWN,
    DOWN,
    DOWN,
    DOWN,
    DOWN,
    DOWN,
    ENTER,
  ]);
  expect(code).toBe(3);
  expect(await trust.ok("grimsby", ["status"])).toContain("2 decisions left");
});

onTerminal("edit, in the person's editor, then hold, with a why", async () => {
  const keys = [DOWN, DOWN, DOWN, ENTER, DOWN, DOWN, DOWN, DOWN, ENTER, "No cheek cells this year", ENTER];
  const { trust, code } = await press(keys, { EDITOR: "sed -i s/haven/quay/" });
  expect(code).toBe(0);
  expect(trust.read("grimsby", PATHS.unit)).toContain("The landing at Grimsby quay");
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.spring);
  const held = await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(held).toContain("No cheek cells this year");
  expect(trust.read("grimsby", PATHS.cells)).toContain("allotment");
  expect(await trust.ok("grimsby", ["status"])).not.toContain("to renew");
});
