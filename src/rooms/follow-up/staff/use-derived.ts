import type { FormInstance } from 'antd'
import { useEffect } from 'react'
import { derivedAnswers } from '../contract/derive.ts'
import type { Answers, FormDefinition } from '../contract/form.ts'

/** Keeps the calculated fields of a form in step with the others, from its first values on. */
export function useDerived<Values extends { answers: Answers }>(
  form: FormInstance<Values>,
  definition: FormDefinition | null,
  answers: Answers | undefined,
): void {
  useEffect(() => {
    if (!definition || !answers) return
    for (const [linkId, value] of Object.entries(derivedAnswers(definition, answers)))
      if ((answers[linkId] ?? undefined) !== value) form.setFieldValue(['answers', linkId] as never, value as never)
  }, [form, definition, answers])
}
