import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { nameOf, printUnit } from '../../observation/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { AlertRow } from './store.ts'

type Reading = Pick<AlertRow, 'code' | 'value' | 'comparator' | 'unit'>

/** 血小板计数 21 10⁹/L: the result as it stands in a title or a log. */
export function readingWords({ code, value, comparator, unit }: Reading, locale: Locale): string {
  if (code === null || value === null) return ''
  return [nameOf(code, locale), `${comparator ?? ''}${numberWords(code, value)}`, printUnit(unit, locale)]
    .filter(Boolean)
    .join(' ')
}

export function numberWords(code: string, value: number): string {
  const indicator = indicatorByCode(code)
  return indicator?.kind === 'number' ? value.toFixed(indicator.decimals) : String(Number(value.toFixed(2)))
}

/** How an alert is called in a notice or a task, and whom it is about. */
export async function wordsOf(ctx: Pick<ReadContext, 'db' | 'organizationId' | 'today' | 'tenant'>, alert: AlertRow) {
  const patient = await patientSummary(ctx, alert.patient_id)
  const reading = readingWords(alert, ctx.tenant.locale)
  return { title: reading || alert.title, patientName: patient?.name ?? '' }
}
