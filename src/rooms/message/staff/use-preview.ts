import { useEffect, useState } from 'react'
import { call } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { previewTemplate, type TemplateDefinition } from '../contract/template.ts'

export type Preview = OutputOf<typeof previewTemplate>

const TYPING_MS = 400

/** What stands in the editor, rendered and checked, a moment after one stops typing. */
export function usePreview(definition: TemplateDefinition | undefined) {
  const [preview, setPreview] = useState<Preview>()
  const [problem, setProblem] = useState<Error>()
  useEffect(() => {
    if (!definition) return undefined
    const asked = new AbortController()
    const ask = async () => {
      try {
        setPreview(await call(previewTemplate, { body: { definition } }, { signal: asked.signal }))
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
  }, [definition])
  return { preview, problem }
}
