import { isOwnOnly, tellsOfOwnOnly } from '../../../clinical/index.ts'
import type { Conclusion } from '../contract/words.ts'
import type { ReportFacts } from './content/facts.ts'

type NotDone = { name: string; reason: string }

/** What of an issued report is read on a page. */
export interface ReportWords {
  title: string
  conclusions: Conclusion[]
  notDone: NotDone[]
  facts: Pick<ReportFacts, 'sections' | 'abnormalItems' | 'organization'>
}

const isApart = (name: string) => isOwnOnly({ code: '', texts: [name] })
const tells = (parts: readonly (string | null | undefined)[]) => parts.some((part) => !!part && tellsOfOwnOnly(part))

/**
 * A report for whom the person has let in: without each item, finding and conclusion that is for the person's own eyes.
 * The paper cannot be narrowed so, and is theirs alone.
 * @returns undefined for an examination that is about nothing else
 */
export function forRelatives({ title, conclusions, notDone, facts }: ReportWords): ReportWords | undefined {
  if (tellsOfOwnOnly(title)) return undefined
  return {
    title,
    conclusions: conclusions.filter((one) => !tells([one.title, one.advice])),
    notDone: notDone.filter(({ name, reason }) => !tells([name, reason])),
    facts: {
      organization: facts.organization,
      abnormalItems: facts.abnormalItems.filter(
        ({ name, value, explanation }) =>
          !isApart(name) && !tells([value, explanation?.about, explanation?.standing, explanation?.advice]),
      ),
      sections: facts.sections
        .filter((part) => !tells([part.title, part.narrative?.finding, part.narrative?.impression]))
        .map((part) => ({ ...part, items: part.items.filter(({ name, value }) => !isApart(name) && !tells([value])) }))
        .filter(({ items, narrative }) => items.length > 0 || narrative),
    },
  }
}
