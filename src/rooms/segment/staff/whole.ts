import { condition } from '../contract/words.ts'

/** For forms: a condition that is not finished is not handed in. */
export const whole = (complaint: string) => async (_rule: unknown, value: unknown) => {
  if (!condition.safeParse(value).success) throw new Error(complaint)
}
