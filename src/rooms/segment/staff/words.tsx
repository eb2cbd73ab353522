import { useCallback, useId, useMemo } from 'react'
import type { z } from 'zod'
import { call, useLocale, useT, type Count, type Tone } from '../../../platform/web/index.ts'
import type { listedPerson } from '../contract/member.ts'
import type { countSegment } from '../contract/segment.ts'
import type { SegmentState, Size } from '../contract/words.ts'

export const STATE_TONES: Record<SegmentState, Tone> = { draft: 'due', active: 'good', retired: 'plain' }

/** The reader's half of a text in both languages; a name may lack its English half. */
export function useSaid(): (text: { zh: string; en: string }) => string {
  const locale = useLocale()
  return useCallback((text) => (locale === 'en' && text.en ? text.en : text.zh), [locale])
}

/** A sentence that the house has made of a condition, with a capital. */
export function useSentence(): (text: { zh: string; en: string }) => string {
  const said = useSaid()
  return useCallback(
    (text) => {
      const one = said(text)
      return one.charAt(0).toUpperCase() + one.slice(1)
    },
    [said],
  )
}

/** How many; few as “fewer than”; nothing where nobody has counted yet. */
export function SizeText({ size }: { size: Size }) {
  const t = useT('segment')
  if (size.fewerThan !== null) return <span className="pb-number">{t('size.few', { few: size.fewerThan })}</span>
  if (size.count === null) return <span className="pb-hint">{t('size.none')}</span>
  return <span className="pb-number">{size.count.toLocaleString()}</span>
}

/** Asks for how many a condition holds while it is edited; each question breaks off the one before. */
export function useCount(endpoint: typeof countSegment): Count {
  const t = useT('segment')
  const locale = useLocale()
  const id = useId()
  return useMemo(() => {
    const ask = `edit-${id.replace(/\W/g, '')}`
    return async (condition, signal) => {
      const { size, of, ended, faults } = await call(endpoint, { body: { condition, ask } }, { signal })
      const told = faults.map(({ text }) => (locale === 'en' ? text.en : text.zh))
      if (ended === 'too-long') told.push(t('count.tooLong'))
      if (size.fewerThan !== null) told.push(t('count.few', { few: size.fewerThan }))
      return { count: size.count, of, faults: told }
    }
  }, [endpoint, id, locale, t])
}

/** 女 63 岁. What is not known is left out. */
export function PersonText({ person }: { person: Pick<z.infer<typeof listedPerson>, 'sex' | 'ageYears'> }) {
  const t = useT('segment')
  const sex = t(`person.${person.sex}`)
  return <>{person.ageYears === null ? sex : t('person.age', { sex, years: person.ageYears })}</>
}
