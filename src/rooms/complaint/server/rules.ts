import { addDays } from '../../../platform/clock.ts'
import type { Can, State } from '../contract/words.ts'

/** An answer is due within so many working days (医疗机构投诉管理办法). */
const ANSWER_WORKING_DAYS = 5
/** So far ahead at most, should a table of days off know no day of work. */
const LOOK_DAYS = 30

/** The last day on which an answer that is asked for on this one is in time. */
export function proposedDueOn(from: string, isWorkday: (date: string) => boolean): string {
  let date = from
  for (let left = ANSWER_WORKING_DAYS, n = 0; left > 0 && n < LOOK_DAYS; n++) {
    date = addDays(date, 1)
    if (isWorkday(date)) left--
  }
  return date
}

export interface Reader {
  id: string | null
  mayRecord: boolean
  mayOversee: boolean
}

/** Who sees to it, and whoever oversees, hand it over and close it; whoever may record one opens it again. */
export function actsFor(complaint: { state: State; owner_id: string }, reader: Reader): Can[] {
  if (!reader.mayRecord) return []
  if (complaint.state === 'closed') return ['reopen']
  return complaint.owner_id === reader.id || reader.mayOversee ? ['close', 'hand-over'] : []
}
