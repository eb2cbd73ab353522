import { defineProblems } from '../../../platform/contract/index.ts'

export const moodProblem = defineProblems({
  MoodEntryUnknown: 404,
  MoodDayOutOfReach: 422,
  /** Of a child under 14 the own pages are read by a parent. */
  MoodNotForGuardian: 409,
})
