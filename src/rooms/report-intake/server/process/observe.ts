import { indicatorByCode } from '../../../../clinical/index.ts'
import type { Sex } from '../../../../clinical/index.ts'
import type { NewObservation } from '../../../observation/server/index.ts'
import { plainText } from '../plain-text.ts'
import type { LaboratoryItem, ReadItem } from './item.ts'
import { storedValue } from './value.ts'

/** What is decided about an item that was not sure. */
export interface CodeDecision {
  id: string
  state: 'open' | 'mapped' | 'ignored'
  target: string | null
  asUnit: string | null
  /** What results are filed under until somebody confirms. */
  proposed: string | null
  problem: 'unknown' | 'likely' | 'unit'
}

export interface Observed {
  item: ReadItem
  decision: CodeDecision | undefined
  effectiveAt: Date
  sex: Sex | undefined
  source: string
}

/** R13: results of hepatitis B are printed apart; the name tells it where no indicator does. */
const SENSITIVE = /乙型?肝炎|乙肝|HBV|HBs|HBe|HBc|前S1/i

/** Which indicator a result is filed under; undefined keeps it under its laboratory's own code. */
export function targetOf(
  { resolution, problem }: Pick<ReadItem, 'resolution' | 'problem'>,
  decision: CodeDecision | undefined,
): string | undefined {
  if (decision?.state === 'mapped') return decision.target ?? undefined
  if (decision?.state === 'ignored') return undefined
  return problem === undefined || problem === 'likely' ? resolution?.code : undefined
}

/** One observation of the record from one result; the report's id is set when it is filed. */
export function observe(id: string, observed: Observed): Omit<NewObservation, 'patientId' | 'reportId'> {
  const { item: read, decision, effectiveAt, sex, source } = observed
  const { result, parsed, item } = read
  const target = targetOf(read, decision)
  const unit =
    (decision?.state === 'mapped' ? decision.asUnit : null) ??
    (item.unit || (target === undefined ? '' : (read.resolution?.unit ?? '')))
  const printed = { result, parsed, unit, sex }
  let stored = storedValue(target, printed)
  const problem = stored.problem
  // A value that cannot be real stays out of the indicator's course but is kept whole, with its number and unit.
  const isOutside = problem !== undefined && target !== undefined
  if (isOutside) stored = storedValue(undefined, { ...printed, unit: item.unit })
  const { problem: _, sent, ...columns } = stored
  const filed = isOutside ? undefined : target
  return {
    id,
    code: filed ?? localCode(item),
    effectiveAt,
    ...columns,
    method: result.method ? plainText(result.method).slice(0, 200) : null,
    original: originalOf(read, { target: filed, meant: target, decision, problem, sent }),
    source,
  }
}

export function localCode({ system, code }: Pick<LaboratoryItem, 'system' | 'code'>): string {
  return `local:${system}|${code}`
}

interface Origin {
  /** The indicator it is filed under. */
  target: string | undefined
  /** The indicator it would be filed under if its value could be. */
  meant: string | undefined
  decision: CodeDecision | undefined
  problem: string | undefined
  sent: { value: number; unit: string } | undefined
}

/** What the columns do not say: kept only where there is something, for millions of plain results have nothing. */
function originalOf(
  { result, parsed, item }: ReadItem,
  { target, meant, decision, problem, sent }: Origin,
): Record<string, unknown> | null {
  const isSensitive = target ? indicatorByCode(target)?.sensitive === true : SENSITIVE.test(item.name)
  const original: Record<string, unknown> = {
    ...(decision ? { lab: decision.id } : {}),
    ...(target === undefined || decision ? { name: item.name, code: item.code, system: item.system } : {}),
    ...(decision && item.unit ? { unit: item.unit } : {}),
    ...(sent ?? {}),
    ...(decision?.problem === 'likely' && decision.state === 'open' ? { likely: true } : {}),
    ...(problem ? { problem, meant } : {}),
    ...(result.absent && parsed.kind === 'not-done' ? { absent: result.absent } : {}),
    ...(parsed.kind === 'number' && parsed.remark ? { remark: plainText(parsed.remark) } : {}),
    ...(result.flagText && !/^(N|L|H|LL|HH|A)$/.test(result.flagText)
      ? { flag: plainText(result.flagText).slice(0, 40) }
      : {}),
    ...(result.comment ? { comment: plainText(result.comment).slice(0, 2000) } : {}),
    ...(result.panelName ? { panel: plainText(result.panelName).slice(0, 200) } : {}),
    ...(result.observedAt && !/^(second|minute)$/.test(result.observedAt.precision)
      ? { precision: result.observedAt.precision }
      : {}),
    ...(result.sourceResultId ? { resultId: plainText(result.sourceResultId) } : {}),
    ...(isSensitive ? { sensitive: true } : {}),
  }
  return Object.keys(original).length > 0 ? original : null
}
