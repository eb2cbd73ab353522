/** Adds whole days to a calendar date; for the browser as well, which has no clock of the house. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
