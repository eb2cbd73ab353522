import type { Answer } from '../../../platform/wechat/answer.ts'
import type { Problem } from '../../../platform/contract/index.ts'
import { wechatProblem } from '../contract/problems.ts'

/** What the platform said to something that a person has just asked of it, as a problem they can do something about. */
export function refusalOf(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): Problem {
  if (answer.kind === 'unreachable') return wechatProblem('WeChatUnreachable')
  const code = answer.kind === 'refused' ? String(answer.code) : answer.refusal
  return wechatProblem('WeChatPlatformRefused', { code, text: answer.text.slice(0, 200), refusal: answer.refusal })
}
