const DAY_MS = 86_400_000

/** When whoever has not answered is reminded: so many days after sending, at the same hour, before it closes. */
export function remindTimes(days: readonly number[], sentAt: Date, closesAt: Date | null): Date[] {
  return [...new Set(days)]
    .toSorted((a, b) => a - b)
    .map((day) => new Date(sentAt.getTime() + day * DAY_MS))
    .filter((at) => closesAt === null || at < closesAt)
}
