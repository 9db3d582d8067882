const DAY = 86_400_000;

/** The date some days after another, both YYYY-MM-DD; null where the first is no date. */
export function daysAfter(date: string, days: number): string | null {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? null : new Date(at + days * DAY).toISOString().slice(0, 10);
}

/** Whether a date has passed: the day itself still counts, as "by" and "until" have it. */
export function hasPassed(date: string, today: string): boolean {
  return daysAfter(date, 0) !== null && date < today;
}
