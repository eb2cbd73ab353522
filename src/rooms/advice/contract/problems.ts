import { defineProblems } from '../../../platform/contract/index.ts'

export const adviceProblem = defineProblems({
  AdviceCardUnknown: 404,
  AdviceCardFaulty: 422,
  OwnAdviceCard: 403,
  AdviceCardOver: 409,
  AdviceOtherKind: 409,
  AdviceNotSuitable: 409,
  AdviceNeedsDoctor: 403,
  AdviceAskFirst: 422,
  AdviceNeedsReason: 422,
  AdviceWordsRefused: 422,
  AdviceNotComputable: 422,
  AdviceUnknown: 404,
  AdviceTakenBack: 409,
})
