import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { ProblemAlert, useApi, useLocale, useT } from '../../../platform/web/index.ts'
import { condition as conditionSchema, type Condition } from '../contract/condition.ts'
import { previewCondition } from '../contract/tag.ts'
import { indicatorWords } from './indicator-words.ts'

/** While one still types, nobody is counted. */
const PAUSE_MS = 600
const NOTHING: Condition = { deceased: true }

export interface PreviewCountProps {
  condition: Condition
  code?: string | undefined
}

/** For how many people a condition holds now, and what is wrong with it, in words. A number, never a name. */
export function PreviewCount({ condition, code }: PreviewCountProps) {
  const t = useT('tag')
  const settled = useSettled(condition)
  const parsed = conditionSchema.safeParse(settled)
  const { data, error, isPlaceholderData, isPending } = useApi(
    previewCondition,
    { body: { condition: parsed.success ? parsed.data : NOTHING, ...(code ? { code } : {}) } },
    { enabled: parsed.success },
  )
  if (!parsed.success) return <p className="pb-hint">{t('preview.incomplete')}</p>
  if (error) return <ProblemAlert problem={error} />
  if (isPending || !data) return <p className="pb-hint">{t('preview.asking')}</p>
  if (data.count === null)
    return (
      <>
        {data.faults.map((fault) => (
          <Alert key={`${fault.code} ${fault.value}`} type="warning" showIcon title={<FaultText {...fault} />} />
        ))}
      </>
    )
  return (
    <>
      <p role="status" className={`pb-number${isPlaceholderData ? ' pb-stale' : ''}`} style={{ margin: 0 }}>
        <strong>{t('preview.count', { count: data.count.toLocaleString(), of: data.of.toLocaleString() })}</strong>
      </p>
    </>
  )
}

function FaultText({ code, value }: { code: string; value: string }) {
  const t = useT('tag')
  const locale = useLocale()
  return t(`fault.${code}`, { value: indicatorWords(value, locale)?.name ?? value })
}

/** The value once it has not changed for a while. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
