import type { CallFigures } from '../contract/figures.ts'

type Day = CallFigures['days'][number]

/** The same in fewer lines: each month with what its days come to; the first and the last may be parts of one. */
export function byMonth(days: readonly Day[]): Day[] {
  const sum = (of: readonly Day[], key: Exclude<keyof Day, 'day'>) => of.reduce((total, one) => total + one[key], 0)
  return [...Map.groupBy(days, ({ day }) => day.slice(0, 7))].map(([day, of]) => ({
    day: day as Day['day'],
    due: sum(of, 'due'),
    calls: sum(of, 'calls'),
    answered: sum(of, 'answered'),
    talkSeconds: sum(of, 'talkSeconds'),
  }))
}
