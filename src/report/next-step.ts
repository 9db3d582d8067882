/** A next step: the command, and what it is for. */
export type NextStep = readonly [command: string, purpose: string];
