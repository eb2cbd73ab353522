import { sql } from 'kysely'
import { inLanguage, type Form, type Item, type Text } from '../../../clinical/questionnaire/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { publishedForm } from './form.ts'
import './table.ts'

/** The one that is answered now. */
export async function newestForm({ db, organizationId }: ReadContext, code: string): Promise<Form | undefined> {
  const { rows } = await sql<{ version: number; definition: Record<string, unknown> }>`
    select version, definition from questionnaire
    where organization_id = ${organizationId} and code = ${code} and state <> 'draft' order by version desc limit 1`.execute(
    db,
  )
  const row = rows[0]
  return row && publishedForm(`${organizationId} ${code} ${row.version}`, row.definition)
}

export const both = (text: Text): Bilingual => ({ zh: inLanguage(text, 'zh-CN'), en: inLanguage(text, 'en') })

/** Questions that have an answer of their own, in the order in which they are asked. */
export function questionsOf(form: Form): Item[] {
  return [...form.byLinkId.values()].filter(({ type }) => type !== 'group' && type !== 'display')
}

/** What can be chosen, by the code under which the answer is kept. */
export function answersOf({ options = [] }: Item): { code: string; name: Bilingual }[] {
  return options.flatMap(({ value, text }) => {
    const said = typeof value === 'object' ? (value as { code?: string }).code : String(value)
    return said ? [{ code: said, name: both(text) }] : []
  })
}

/** Where the name of a part of a questionnaire stands: of a score, a result, a question, an answer to it. */
export const partOf = {
  score: (code: string) => `score ${code}`,
  band: (code: string) => `band ${code}`,
  question: (linkId: string) => `question ${linkId}`,
  answer: (linkId: string, code: string) => `answer ${linkId} ${code}`,
}

/** Names of what conditions may name within a questionnaire, as it is asked now. */
export function partsOf(form: Form): Map<string, Bilingual> {
  const scores = form.scoring?.scores ?? []
  return new Map<string, Bilingual>([
    ...scores.map(({ code, name }): [string, Bilingual] => [partOf.score(code), name]),
    ...scores.flatMap(({ bands = [] }) =>
      bands.map(({ code, text }): [string, Bilingual] => [partOf.band(code), text]),
    ),
    ...questionsOf(form).flatMap((item): [string, Bilingual][] => [
      [partOf.question(item.linkId), both(item.text)],
      ...answersOf(item).map(({ code, name }): [string, Bilingual] => [partOf.answer(item.linkId, code), name]),
    ]),
  ])
}
