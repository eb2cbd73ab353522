import type { OutputOf } from '../../../../platform/contract/endpoint.ts'
import type { listDefinitions } from '../../contract/questionnaire.ts'

type Summary = OutputOf<typeof listDefinitions>['rows'][number]

/** One questionnaire with what is in force and what is drafted. */
export interface CatalogueLine {
  code: string
  /** Of what is in force, else of what there is. */
  title: { zh: string; en: string }
  active?: Summary
  draft?: Summary
  /** What was written last: the draft where there is one. */
  newest: Summary
  answers: number
}

export function linesOf(rows: readonly Summary[]): CatalogueLine[] {
  return [...Map.groupBy(rows, ({ code }) => code)].map(([code, versions]) => {
    const active = versions.find(({ state }) => state === 'active')
    const draft = versions.find(({ state }) => state === 'draft')
    const newest = draft ?? active ?? versions[0]!
    return {
      code,
      title: (active ?? newest).title,
      active,
      draft,
      newest,
      answers: Math.max(...versions.map((one) => one.answers)),
    }
  })
}

export interface CatalogueFilter {
  q?: string
  state?: 'active' | 'draft' | 'retired'
  sensitivity?: 'ordinary' | 'mental'
}

export function fitsFilter(line: CatalogueLine, { q, state, sensitivity }: CatalogueFilter): boolean {
  const words = [line.code, line.title.zh, line.title.en, line.draft?.title.zh ?? ''].join(' ').toLowerCase()
  if (q && !words.includes(q.toLowerCase())) return false
  if (sensitivity && line.newest.sensitivity !== sensitivity) return false
  if (state === 'active') return line.active !== undefined
  if (state === 'draft') return line.draft !== undefined
  return state === 'retired' ? !line.active && !line.draft : true
}
