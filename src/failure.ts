/** Why a command could not do its work; decides the exit code (design §4). */
export type FailureKind =
  /** The call, a file of this version, or a setting is wrong: exit 2. */
  | "usage"
  /** Git, the network, the disk failed, or nothing could be decided: exit 4. */
  | "environment";

/**
 * The one error that people are meant to read: what happened, where, and what to do next.
 * Anything else that is thrown is a bug in Leeway (exit 70).
 */
export class Failure extends Error {
  readonly kind: FailureKind;
  /** File and line, address or URL that the message is about. */
  readonly where: string | undefined;
  /** Commands or steps that help, one a line. */
  readonly next: readonly string[];

  constructor(
    kind: FailureKind,
    what: string,
    details: { where?: string; next?: readonly string[]; cause?: unknown } = {},
  ) {
    super(what, { cause: details.cause });
    this.name = "Failure";
    this.kind = kind;
    this.where = details.where;
    this.next = details.next ?? [];
  }
}
