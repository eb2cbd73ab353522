import { call, language, type Choice } from '../../../platform/web/index.ts'
import { listCards } from '../contract/advice.ts'

/** Cards in force and not over, by kind: what a band of a questionnaire may propose. */
export async function cardChoices(): Promise<readonly Choice[]> {
  const { rows } = await call(listCards)
  return rows.flatMap(({ code, state, expired, kind, title }) =>
    state === 'active' && !expired ? [{ code, name: title, group: language.text('advice', `kind.${kind}`) }] : [],
  )
}
