import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState } from 'react'
import { choicesOf, listKinds, readCondition, type Condition, type ConditionChoice, type KindForm, type KindsAnswer } from '../../condition/contract.ts'
import type { Purpose } from '../../condition/fact.ts'
import type { Bilingual } from '../../contract/words.ts'
import { call } from '../api/call.ts'
import { useApi } from '../api/use-api.ts'
import { useLocale } from '../language/use-t.ts'

/** While one still types, nothing is asked. */
const PAUSE_MS = 350
/** Names of indicators and tags do not change while a condition is written. */
const FRESH_MS = 300_000

export interface Asking {
  kinds: ReadonlyMap<string, KindForm>
  answer: KindsAnswer
  purpose: Purpose
}
export const AskingContext = createContext<Asking | null>(null)

export function useAsking(): Asking {
  const asking = useContext(AskingContext)
  if (!asking) throw new Error('outside of a condition builder')
  return asking
}

export function useKinds(purpose: Purpose): { asking: Asking | undefined; error: ReturnType<typeof useApi<typeof listKinds>>['error'] } {
  const { data, error } = useApi(listKinds)
  const asking = data && { answer: data, purpose, kinds: new Map(data.kinds.map((kind) => [kind.code, kind])) }
  return { asking, error }
}

const NONE: readonly ConditionChoice[] = []

/** What a field may name; empty until it is known, and where it depends on what is not chosen yet. */
export function useConditionChoices(kind: string, field: string, of: readonly string[]): { choices: readonly ConditionChoice[]; isAsking: boolean } {
  const locale = useLocale()
  const { purpose } = useAsking()
  const isKnown = of.length === 0 || of[0] !== ''
  const { data, isLoading } = useQuery({
    queryKey: [choicesOf.name, kind, field, purpose, of, locale],
    queryFn: ({ signal }) => call(choicesOf, { params: { kind, field }, query: { purpose, of: of.join('|') } }, { signal }),
    enabled: isKnown,
    staleTime: FRESH_MS,
  })
  return { choices: data?.choices ?? NONE, isAsking: isLoading }
}

/** A condition in words, and what is wrong with it; undefined while nothing can be read. */
export function useReading(condition: Condition | undefined, purpose: Purpose) {
  const settled = useSettled(condition)
  const asked = useApi(readCondition, { body: { condition: settled ?? NOTHING, purpose } }, { enabled: settled !== undefined })
  return { ...asked, isFresh: JSON.stringify(settled) === JSON.stringify(condition) && !asked.isPlaceholderData, settled }
}

const NOTHING = { all: [{ deceased: true }] } as unknown as Condition

/** The value once it has not changed for a while. */
export function useSettled<T>(value: T): T {
  const text = JSON.stringify(value)
  const [settled, setSettled] = useState({ text, value })
  useEffect(() => {
    if (text === settled.text) return undefined
    const timer = setTimeout(() => setSettled({ text, value }), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value, settled.text])
  return settled.value
}

/** The reader's half of a text in both languages. */
export function useWords(): (text: Bilingual) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? text.en || text.zh : text.zh || text.en)
}
