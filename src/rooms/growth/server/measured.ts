import type { growth } from '../../../clinical/index.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { seriesOf, type ObservationRow } from '../../observation/server/index.ts'
import type { KnownValues } from './rules/questions.ts'

/** Codes of the record that growth reads. */
export const HEIGHT = 'height'
export const WEIGHT = 'weight'
export const HEAD = 'head_circumference'

/** An exact value of the record on its day. */
export interface Measured {
  id: string
  on: string
  value: number
  position: growth.Position | null
  source: string
}

export interface Measurements {
  height: Measured[]
  weight: Measured[]
  head: Measured[]
}

const isPosition = (method: string | null): method is growth.Position => method === 'lying' || method === 'standing'

/**
 * What is on file of a person, oldest first. What another system has dated in the future is no measurement yet: it would
 * be the last height of all until that day. Who may see it is the caller's business.
 */
export async function measurementsOf(ctx: ReadContext, patientId: string): Promise<Measurements> {
  const series = await seriesOf(ctx, patientId, [HEIGHT, WEIGHT, HEAD])
  const dayOf = (row: ObservationRow) => dateIn(row.effective_at, ctx.tenant.timeZone)
  const of = (code: string) =>
    (series.get(code) ?? []).flatMap((row): Measured[] =>
      isExact(row) && dayOf(row) <= ctx.today
        ? [
            {
              id: row.id,
              on: dayOf(row),
              value: row.value!,
              position: isPosition(row.method) ? row.method : null,
              source: row.source,
            },
          ]
        : [],
    )
  return { height: of(HEIGHT), weight: of(WEIGHT), head: of(HEAD) }
}

const isExact = ({ value, comparator }: ObservationRow) => value !== null && value > 0 && comparator === null

/** The same without one value: what a correction of it is held against. */
export function without({ height, weight, head }: Measurements, id?: string): KnownValues {
  const rest = (list: Measured[]) => list.filter((one) => one.id !== id)
  return { height: rest(height), weight: rest(weight), head: rest(head) }
}

export interface BodyMass {
  on: string
  /** kg/m². */
  value: number
  heightCm: number
  position: growth.Position | null
}

/** How old a height may be for a growing child's body mass index, in days. */
const SAME_TIME_DAYS = 31

/** A weight with the height nearest to it in time. */
export function bodyMasses({ height, weight }: Measurements): BodyMass[] {
  const gap = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000
  return weight.flatMap(({ on, value }) => {
    const [near] = height
      .filter((one) => gap(one.on, on) <= SAME_TIME_DAYS)
      .toSorted((a, b) => gap(a.on, on) - gap(b.on, on))
    return near ? [{ on, value: value / (near.value / 100) ** 2, heightCm: near.value, position: near.position }] : []
  })
}
