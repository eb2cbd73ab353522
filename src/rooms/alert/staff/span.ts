/** A span in its largest fitting unit, rounded up: nobody has less time than it says there is none left. */
export function spanOf(ms: number): { unit: 'minutes' | 'hours' | 'days'; count: number } {
  const minutes = Math.ceil(ms / 60_000)
  if (minutes <= 90) return { unit: 'minutes', count: minutes }
  const hours = Math.round(minutes / 60)
  return hours <= 36 ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.round(hours / 24) }
}
