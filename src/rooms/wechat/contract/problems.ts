import { defineProblems } from '../../../platform/contract/index.ts'

export const wechatProblem = defineProblems({
  WeChatAccountUnknown: 404,
  WeChatChangedMeanwhile: 409,
  WeChatAccountTwice: 409,
  WeChatSecretMissing: 422,
  WeChatAgentMissing: 422,
  WeChatNotWeCom: 422,
  WeChatStaffTwice: 422,
  WeChatFieldUnknown: 422,
  WeChatFieldTwice: 422,
  WeChatEnumEmpty: 422,
  WeChatChannelOfOther: 422,
  WeChatNotService: 422,
  WeChatMenuUnfit: 422,
  WeChatWayOfOne: 422,
  WeChatWayUnknown: 404,
  WeChatPlatformRefused: 422,
  WeChatUnreachable: 503,
  WeChatCallbackUnknown: 404,
  WeChatCallbackRefused: 403,
  WeChatCallbackTooLarge: 413,
})
