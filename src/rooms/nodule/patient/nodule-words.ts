import type { Bilingual } from '../../../platform/contract/index.ts'
import { useLocale, useT } from '../../../platform/patient-web/index.ts'
import type { MyNodule } from '../contract/my.ts'

/** How a nodule and a day are called on the pages of patients. */
export function useNoduleWords() {
  const t = useT('nodule')
  const locale = useLocale()
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })
  return {
    t,
    text: (both: Bilingual) => (locale === 'en' ? both.en : both.zh),
    day: (date: string) => format.format(new Date(`${date}T00:00:00Z`)),
    name: ({ organ, side, place }: Pick<MyNodule, 'organ' | 'side' | 'place'>) =>
      [t(`my.organ.${organ}`), place || t(`my.side.${side}`)].filter(Boolean).join(' '),
  }
}
