import { addToDate } from '../expressions/date.ts'

/** `YYYY-MM-DD` moved by whole days. */
export const addDays = (date: string, days: number): string => addToDate(date, days, 'day') ?? date
