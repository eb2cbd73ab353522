import { checkPlain } from '../../../../clinical/plain-language/index.ts'
import type { MediaFault } from '../../contract/items.ts'
import type { MediaDefinition } from '../../contract/words.ts'

/** What stands in the way of a card's publication: words people do not understand, promises, fear; a day that is over. */
export function mediaFaults(definition: MediaDefinition, today: string): MediaFault[] {
  const words = textsOf(definition).flatMap(({ where, text }) =>
    checkPlain(text).map((one) => ({ where, kind: one.kind, text: one.text, instead: one.instead ?? null })),
  )
  return definition.expiresOn > today
    ? words
    : [...words, { where: 'expiresOn', kind: 'over', text: definition.expiresOn, instead: null }]
}

function textsOf({ title, summary, steps, honest }: MediaDefinition): { where: string; text: string }[] {
  return [
    ...both('title', title),
    ...both('summary', summary),
    ...steps.flatMap((one, n) => [...both(`steps.${n}.caption`, one.caption), ...both(`steps.${n}.alt`, one.alt)]),
    ...honest.flatMap((one, n) => both(`honest.${n}`, one.text)),
  ]
}

function both(where: string, { zh, en }: { zh: string; en: string }) {
  return [
    { where: `${where} zh`, text: zh },
    { where: `${where} en`, text: en },
  ]
}
