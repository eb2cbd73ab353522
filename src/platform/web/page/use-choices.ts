import { useQuery } from '@tanstack/react-query'
import { useLocale } from '../language/use-t.ts'
import { useSlot, type Choice } from './slots.ts'

const NONE: readonly Choice[] = []

/**
 * What another room offers to be named by code under this key; empty as long as it is asked for, where nobody offers it,
 * and for a reader who may not see it.
 */
export function useChoices(key: string): readonly Choice[] {
  const locale = useLocale()
  const source = useSlot('choiceSources').find((one) => one.key === key)
  const { data } = useQuery({
    queryKey: ['choices', key, locale],
    queryFn: () => source!.load(),
    enabled: source !== undefined,
  })
  return data ?? NONE
}
