import type { OutputOf } from '../../../../platform/contract/index.ts'
import type { compareReports } from '../../contract/indicators.ts'

type Row = OutputOf<typeof compareReports>['rows'][number]
type Change = NonNullable<NonNullable<Row['cells'][number]>['change']>

/** +12%, −0.4, = : by percent where there is one; small steps of a percent as nothing. */
export function changeWords({ difference, percent }: Change, decimals: number): string {
  const number = percent === null ? difference.toFixed(decimals) : percent.toFixed(0)
  if (Number(number) === 0) return '='
  const sign = difference > 0 ? '+' : '−'
  return `${sign}${number.replace('-', '')}${percent === null ? '' : '%'}`
}

/** Rows that have something to look at: out of range in some exam, or changed by more than usual. */
export function isWorthALook({ cells }: Pick<Row, 'cells'>): boolean {
  return cells.some(
    (cell) => cell !== null && ((cell.flag !== null && cell.flag !== 'N') || cell.change?.beyondVariation === true),
  )
}
