/** What a trust can be looked at by. */
export const GROUPINGS = ["passage", "document", "subject", "region", "purpose"] as const;
export type Grouping = (typeof GROUPINGS)[number];
