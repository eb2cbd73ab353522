import { useEffect, useMemo, useRef } from 'react'
import type { Answers, FormDefinition } from '../contract/form.ts'
import { useSaid } from './words.ts'

type Listener = (ref: string, label: string) => void

export interface AnswerMoments {
  tell: Listener
  /** @returns what ends the telling */
  watch: (listener: Listener) => () => void
}

/** Tells whatever stands beside the form which question was answered just now: a recording keeps the place. */
export function useAnswerMoments(): AnswerMoments {
  const listeners = useRef(new Set<Listener>())
  return useMemo(
    () => ({
      tell: (ref, label) => listeners.current.forEach((listener) => listener(ref, label)),
      watch: (listener) => {
        listeners.current.add(listener)
        return () => void listeners.current.delete(listener)
      },
    }),
    [],
  )
}

/** Tells of each answer that has changed since the form was last drawn; what it began with is nobody's answer yet. */
export function useToldAnswers(
  form: FormDefinition | null,
  answers: Answers | undefined,
  tell: Listener | undefined,
): void {
  const said = useSaid()
  const before = useRef<Answers>(undefined)
  useEffect(() => {
    const former = before.current
    before.current = answers
    if (!tell || !former || !answers || !form) return
    for (const { linkId, text } of form.groups.flatMap((group) => group.items))
      if (JSON.stringify(former[linkId]) !== JSON.stringify(answers[linkId])) tell(linkId, said(text))
  }, [answers, form, said, tell])
}
