import type { OutputOf } from '../../../platform/contract/index.ts'
import { call, language, type Choice } from '../../../platform/web/index.ts'
import { listCards, type CardSummary } from '../contract/advice.ts'

/** Cards in force and not over, by kind: what a band of a questionnaire may propose. */
export async function cardChoices(): Promise<readonly Choice[]> {
  const rows: CardSummary[] = []
  let cursor: string | null = null
  do {
    const page: OutputOf<typeof listCards> = await call(listCards, {
      query: { limit: 200, ...(cursor ? { cursor } : {}) },
    })
    rows.push(...page.rows)
    cursor = page.next
  } while (cursor)
  return rows.flatMap(({ code, state, expired, kind, title }) =>
    state === 'active' && !expired ? [{ code, name: title, group: language.text('advice', `kind.${kind}`) }] : [],
  )
}
