import { defineProblems } from '../../../platform/contract/index.ts'

export const segmentProblem = defineProblems({
  SegmentFaulty: 422,
  SegmentNoDraft: 409,
  SegmentInUse: 409,
  SegmentNotFrozen: 409,
  SegmentRetired: 409,
  SegmentNameTaken: 409,
  WorklistFaulty: 422,
  WorklistRetired: 409,
  WorklistItemGone: 409,
})
