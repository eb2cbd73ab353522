import { checkPlain } from '../../../../clinical/plain-language/index.ts'
import { MODULES, promiseIn, type ContentDefinition, type ProgrammeDefinition } from '../../contract/growth.ts'

export interface ContentFault {
  /** `promise` (R15), a kind of the plain-language check, `empty-module`, `band`. */
  kind: string
  text: string
}

/** Why words or limits may be kept as a draft, but not count. */
export function contentFaults(definition: ContentDefinition): ContentFault[] {
  if (definition.kind === 'programme') return [...wordFaults(definition), ...moduleFaults(definition)]
  const { bands } = definition.slow
  const { minDays, maxDays } = definition.crossing
  return [
    ...bands.flatMap(({ fromYears, toYears }) => {
      const ends = typeof toYears === 'number' ? [toYears] : [toYears.female, toYears.male]
      return ends.some((end) => end <= fromYears) ? [{ kind: 'band', text: `${fromYears}–${Math.min(...ends)}` }] : []
    }),
    ...(maxDays <= minDays ? [{ kind: 'band', text: `${minDays}–${maxDays}` }] : []),
  ]
}

/** What families read promises nothing and is plain. */
function wordFaults({ consent, modules, items }: ProgrammeDefinition): ContentFault[] {
  const read = [
    consent.title,
    ...consent.points.flatMap(({ heading, text }) => [heading, text]),
    ...modules.map(({ about }) => about),
    ...items.map(({ title }) => title),
  ]
  return read.flatMap(({ zh, en }) => {
    const promises = [promiseIn(zh), promiseIn(en)].filter((one) => one !== undefined)
    return [
      ...promises.map((text) => ({ kind: 'promise', text })),
      ...checkPlain(zh).map(({ kind, text }) => ({ kind: String(kind), text })),
    ]
  })
}

function moduleFaults({ modules, items }: ProgrammeDefinition): ContentFault[] {
  return MODULES.filter(
    (module) => !modules.some((one) => one.module === module) || !items.some((one) => one.module === module),
  ).map((module) => ({ kind: 'empty-module', text: module }))
}
