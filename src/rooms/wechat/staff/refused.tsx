import { Alert } from 'antd'
import { ProblemAlert, useT, type ApiProblem } from '../../../platform/web/index.ts'

/** A refusal of the platform's in words, with its code beside them; any other problem as everywhere. */
export function Refused({ problem }: { problem: ApiProblem | null | undefined }) {
  const t = useT('wechat')
  if (problem?.code !== 'WeChatPlatformRefused') return <ProblemAlert problem={problem} />
  const { refusal = 'other', code = '', text = '' } = problem.values
  const known = KNOWN.has(String(refusal)) ? String(refusal) : 'other'
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('refused.said', { words: t(`refused.${known}`), code: String(code), text: String(text) })}
    />
  )
}

const KNOWN = new Set([
  'busy',
  'minute-quota',
  'daily-quota',
  'token',
  'credential',
  'no-permission',
  'unknown-recipient',
  'not-following',
  'content',
  'template',
  'page',
  'risky-content',
  'gone',
])
