import { indicatorByCode } from '../../../clinical/index.ts'
import type { Action, Cadence, Difference, Goal, PlanContent, Step } from './words.ts'

const WEEKDAYS = '一二三四五六日'

/** A cadence in Chinese or English, as it stands in a plan. */
export function cadenceWords(cadence: Cadence, locale: 'zh-CN' | 'en'): string {
  const zh = locale === 'zh-CN'
  switch (cadence.kind) {
    case 'daily':
      return zh ? '每天' : 'every day'
    case 'weekdays':
      return zh
        ? `每周${cadence.days.map((day) => WEEKDAYS[day - 1]).join('、')}`
        : `on ${cadence.days.map((day) => ENGLISH[day - 1]).join(', ')}`
    case 'weekly':
      return zh ? `每周 ${cadence.times} 次` : `${cadence.times} times a week`
    case 'once':
      return zh ? `${cadence.on} 一次` : `once, on ${cadence.on}`
  }
}
const ENGLISH = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** How one goal, action or step is written where two are held side by side. Dates of goals are left out: they follow the day on which a plan begins. */
const said = {
  goal: (one: Goal) =>
    [nameOf(one.code), one.comparator, one.value, one.words].filter((part) => part !== null && part !== '').join(' '),
  action: (one: Action) =>
    [
      one.title,
      one.words,
      cadenceWords({ ...one.cadence, ...(one.cadence.kind === 'once' && { on: '' }) }, 'zh-CN'),
      askWords(one),
    ]
      .filter(Boolean)
      .join(' · '),
  step: (one: Step) => [`${one.day}`, one.title, one.words].filter(Boolean).join(' · '),
}

function nameOf(code: string | null): string {
  return code === null ? '' : (indicatorByCode(code)?.nameZh ?? code)
}

function askWords({ ask }: Action): string {
  if (ask.kind === 'number')
    return [`${ask.label} ${ask.atLeast ?? ''}${ask.unit}`, nameOf(ask.indicator ?? null)].filter(Boolean).join(' → ')
  return ask.kind === 'outcome' ? '' : ask.kind
}

interface Piece {
  part: Difference['part']
  key: string
  said: string
}

function piecesOf({ goals, actions, steps }: PlanContent): Map<string, Piece> {
  const pieces: Piece[] = [
    ...goals.map((one) => ({ part: 'goal' as const, key: one.key, said: said.goal(one) })),
    ...actions.map((one) => ({ part: 'action' as const, key: one.key, said: said.action(one) })),
    ...steps.map((one) => ({ part: 'step' as const, key: `day-${one.day}`, said: said.step(one) })),
  ]
  return new Map(pieces.map((piece) => [`${piece.part} ${piece.key}`, piece]))
}

/** What was added, removed or changed from one content to the other, in the order of the plan. */
export function differencesOf(before: PlanContent, after: PlanContent): Difference[] {
  const [was, is] = [piecesOf(before), piecesOf(after)]
  return [
    ...[...is].flatMap(([id, { part, key, said }]): Difference[] => {
      const old = was.get(id)
      if (!old) return [{ part, key, change: 'added', before: null, after: said }]
      return old.said === said ? [] : [{ part, key, change: 'changed', before: old.said, after: said }]
    }),
    ...[...was].flatMap(([id, { part, key, said }]): Difference[] =>
      is.has(id) ? [] : [{ part, key, change: 'removed', before: said, after: null }],
    ),
  ]
}

/** How much of two contents is the same: pieces that are equal, of all there are in either; 0 to 100. */
export function similarityPercent(before: PlanContent, after: PlanContent): number {
  const all = new Set([...piecesOf(before).keys(), ...piecesOf(after).keys()]).size
  return all === 0 ? 100 : Math.round((100 * (all - differencesOf(before, after).length)) / all)
}
