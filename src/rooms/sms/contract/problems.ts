import { defineProblems } from '../../../platform/contract/index.ts'

export const smsProblem = defineProblems({
  SmsAccountChangedMeanwhile: 409,
  SmsSecretMissing: 422,
  SmsAppIdMissing: 422,
  SmsCodeTemplateUnfit: 422,
  SmsCallbackUnknown: 404,
  SmsCallbackTooLarge: 413,
})
