import { spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";
import { BIN } from "./trust.ts";

/**
 * Runs a program on a real pseudo-terminal. Each key is pressed when the program has answered the one before: with
 * a prompt, after Enter and at the start, or with any change of the screen.
 */
const TERMINAL = `
import fcntl, os, pty, select, signal, struct, sys, termios, time
keys, command = sys.argv[1].split(","), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
out, open_, end = b"", True, time.time() + 50
def read(quiet):
    global out, open_
    if not select.select([fd], [], [], quiet)[0]:
        return False
    try:
        data = os.read(fd, 65536)
    except OSError:
        data = b""
    open_ = open_ and data != b""
    out += data
    return open_
def wait_for(mark, since):
    while open_ and time.time() < end and mark not in out[since:]:
        read(0.5)
    while read(0.1):
        pass
    return open_
since, mark = 0, "\u25c6".encode()
for key in keys:
    if not wait_for(mark, since):
        break
    since, data = len(out), key.encode().decode("unicode_escape").encode()
    mark = "\u25c6".encode() if data == b"\\r" else b""
    os.write(fd, data)
    if mark == b"":
        while open_ and time.time() < end and len(out) == since:
            read(0.5)
while open_ and time.time() < end:
    read(0.5)
if open_:
    os.kill(pid, signal.SIGKILL)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.buffer.write(out)
sys.exit(code if code >= 0 else 99)
`;

const DOWN = "\\x1b[B";
/** From the first choice to the last ones, which are the same for every decision. */
const UP = "\\x1b[A";
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
  const { trust, code, out } = await press([ENTER, ENTER, DOWN, ENTER, ENTER]);
  expect(code).toBe(0);
  expect(out).toContain("1 of 2");
  expect(out).toContain("Families here work on the docks.");
  expect(out).toContain("leeway rebase --continue");
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.spring);
  expect(trust.read("grimsby", PATHS.cells)).toContain("allotment");
  await trust.ok("grimsby", ["rebase", "--continue"]);
});

onTerminal("both, then Ctrl-C: what is decided stays decided, the other waits", async () => {
  const { trust, code, out } = await press([DOWN, DOWN, ENTER, ENTER, "\\x03"]);
  expect(code).toBe(3);
  expect(out).not.toContain("nothing was changed");
  expect(trust.read("grimsby", PATHS.unit)).toContain(`${TEXTS.haven}\n\n${TEXTS.spring}`);
  expect(await trust.ok("grimsby", ["status"])).toContain("1 decision left");
});

onTerminal("skip and stop leave everything as it was", async () => {
  const { trust, code } = await press([UP, UP, ENTER, UP, ENTER]);
  expect(code).toBe(3);
  expect(await trust.ok("grimsby", ["status"])).toContain("2 decisions left");
});

onTerminal("edit, in the person's editor, then hold, with a why", async () => {
  const edit = [UP, UP, UP, UP, ENTER, ENTER];
  const hold = [UP, UP, UP, UP, ENTER, "No cheek cells this year", ENTER, ENTER];
  // With quotation marks, as Git's shell reads them.
  const editor = "sed -i -e s/haven/quay/ -e '/^<<<<<<<\\|^|||||||\\|^=======\\|^>>>>>>>/d'";
  const { trust, code } = await press([...edit, ...hold], { EDITOR: editor });
  expect(code).toBe(0);
  expect(trust.read("grimsby", PATHS.unit)).toContain("The landing at Grimsby quay");
  expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.spring);
  const held = await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(held).toContain("No cheek cells this year");
  expect(trust.read("grimsby", PATHS.cells)).toContain("allotment");
  expect(await trust.ok("grimsby", ["status"])).not.toContain("to renew");
});
