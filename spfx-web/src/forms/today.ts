function pad(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** The civil date where the person is, `YYYY-MM-DD`. */
export function civilDate(at: Date): string {
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** A civil date some days after another. */
export function daysAfter(today: string, days: number): string {
  const at = new Date(`${today}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
