import { useEffect, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { call } from '../../../platform/web/index.ts'
import { previewIssue, type IssueShown } from '../contract/newsletter.ts'
import type { IssueDefinition } from '../contract/words.ts'

export type IssuePreview = OutputOf<typeof previewIssue>

const TYPING_MS = 400

/** The letter it becomes, a moment after one stops typing. */
export function useIssuePreview({ month, number }: Pick<IssueShown, 'month' | 'number'>, definition: IssueDefinition) {
  const [preview, setPreview] = useState<IssuePreview>()
  const [problem, setProblem] = useState<Error>()
  useEffect(() => {
    const asked = new AbortController()
    const ask = async () => {
      try {
        setPreview(await call(previewIssue, { body: { month, number, definition } }, { signal: asked.signal }))
        setProblem(undefined)
      } catch (error) {
        if (!asked.signal.aborted) setProblem(error as Error)
      }
    }
    const timer = setTimeout(() => void ask(), preview ? TYPING_MS : 0)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [month, number, definition])
  return { preview, problem }
}
