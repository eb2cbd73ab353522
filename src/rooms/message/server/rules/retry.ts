export const ATTEMPTS_MAX = 8

/** When to try next: 5, 10, 20 … minutes, at most six hours, never sooner than the server's own span. */
export function retryAt(now: Date, attempts: number, retryMinutes: number): Date {
  const minutes = Math.max(retryMinutes, Math.min(360, 5 * 2 ** (attempts - 1)))
  return new Date(now.getTime() + minutes * 60_000)
}
