import type { T } from '../../../platform/web/index.ts'

const LOST = ['lost', 'refusal', 'moved-away'] as const
const BESIDES = ['by-hand', 'completed', 'death', 'merged', 'switched', 'not-applicable'] as const

/** 失联 3、拒绝 2。另有：结案 5、去世 1。 */
export function endedLine(t: T, standing: Record<string, number>): string {
  const list = (those: readonly string[]) =>
    those
      .filter((how) => (standing[how] ?? 0) > 0)
      .map((how) => t('endedLine', { how: t(`ended.${how}`), count: standing[how]! }))
      .join(' · ')
  const besides = list(BESIDES)
  return [list(LOST), besides && t('endedApart', { list: besides })].filter(Boolean).join(' · ')
}
