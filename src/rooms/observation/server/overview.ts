import { ageOn, dateIn } from '../../../platform/clock.ts'
import { indicatorByCode, referenceFor, type Sex } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { Completeness, getOverview } from '../contract/overview.ts'
import { nameOf, printUnit, decimalsOf, textOf } from './name.ts'
import { seriesOf, type ObservationRow } from './read-observation.ts'
import { chooseIndicators, type Chosen, type LatestValue } from './rules/choose-indicators.ts'
import { completenessOf } from './rules/completeness.ts'
import { findOverview, type OverviewRow } from './store-overview.ts'
import { iso, namesFor, valueView, type LooseRow, type Names } from './view.ts'

type Overview = AnswerOf<typeof getOverview>

/** Points of the small charts. */
const POINTS = 12

/** The first screen of a patient: two statements, three where people of the house have measured. */
export async function showOverview(ctx: ReadContext, patientId: string): Promise<Overview> {
  const row = await findOverview(ctx.db, ctx.organizationId, patientId, ctx.actor, ctx.clock.now())
  if (!row) throw platformProblem('NotFound')
  const chosen = chooseIndicators(
    latestOfAll(row, ctx),
    row.conditions.filter((one) => one.clinical_status === 'active'),
    ctx.today,
  )
  const codes = chosen.flatMap((one) => one.codes)
  const series = await seriesOf(ctx, patientId, codes, { limit: POINTS })
  const names = await namesFor(
    ctx,
    codes.map((code) => latestIn(series, code)),
  )
  return {
    patient: patientView(row, ctx),
    allergies: row.allergies,
    noKnownAllergy: row.absences.includes('allergy'),
    conditions: row.conditions.map(({ clinical_status: clinicalStatus, onset_on: onsetOn, ...rest }) => ({
      ...rest,
      clinicalStatus,
      onsetOn,
    })),
    medications: row.medications
      .filter((one) => one.ended_on === null || one.ended_on >= ctx.today)
      .map(({ id, name, dose, started_on: startedOn }) => ({ id, name, dose, startedOn })),
    procedures: row.procedures
      .slice(0, 5)
      .map(({ id, name, performed_on: performedOn }) => ({ id, name, performedOn })),
    familyHistory: row.family_history.map(({ id, relation, condition_name: conditionName }) => ({
      id,
      relation,
      conditionName,
    })),
    reports: row.reports.map((report) => reportView(report, ctx)),
    indicators: chosen.map((one) => indicatorView(one, series, row, ctx, names)),
    completeness: completenessView(row, ctx),
    can: { write: ctx.actor.permissions.has('record.write') },
  }
}

function patientView(row: OverviewRow, { today }: ReadContext): Overview['patient'] {
  return {
    id: row.id,
    name: row.name,
    called: row.called,
    sex: row.sex,
    birthDate: row.birth_date,
    ageYears: ageOf(row, today) ?? null,
    state: row.state,
    level: row.level,
    mainWorry: row.main_worry,
    mainWorryAt: row.main_worry_at ? iso(row.main_worry_at) : null,
    doctorName: row.doctor_name,
    managerName: row.manager_name,
  }
}

function ageOf(row: Pick<OverviewRow, 'birth_date' | 'deceased_on'>, today: string): number | undefined {
  return row.birth_date ? Math.max(0, ageOn(row.birth_date, row.deceased_on ?? today)) : undefined
}

const sexOf = (sex: string): Sex | undefined => (sex === 'male' || sex === 'female' ? sex : undefined)

/** The laboratory's interval, or ours where it gave none. */
function intervalOf(
  value: Pick<LooseRow, 'code' | 'low' | 'high'>,
  row: OverviewRow,
  today: string,
): { low: number | null; high: number | null; ours: boolean } {
  if (value.low !== null || value.high !== null) return { low: value.low, high: value.high, ours: false }
  const indicator = indicatorByCode(value.code)
  const own = indicator && referenceFor(indicator, sexOf(row.sex), ageOf(row, today))
  return { low: own?.low ?? null, high: own?.high ?? null, ours: own !== undefined }
}

function latestOfAll(row: OverviewRow, ctx: ReadContext): LatestValue[] {
  const day = (at: string) => dateIn(new Date(at), ctx.tenant.timeZone)
  return row.values.map(([latest, before]) => {
    const [code, at, value, flag, low, high] = latest!
    const earlier = before?.[2]
    return {
      code,
      value,
      flag,
      ...intervalOf({ code, low, high }, row, ctx.today),
      on: day(at),
      before: typeof earlier === 'number' ? { value: earlier, on: day(before![1]) } : null,
    }
  })
}

function reportView(report: OverviewRow['reports'][number], { locale }: ReadContext): Overview['reports'][number] {
  const { effective_at: at, abnormal_count: abnormalCount, abnormal, ...rest } = report
  return {
    ...rest,
    at: iso(at),
    abnormalCount,
    abnormal: abnormal.slice(0, 8).map(([code, value, text, comparator, unit, flag, nameSent, before]) => ({
      code,
      name: nameOf(code, locale, nameSent),
      value,
      text: textOf(code, text, locale),
      comparator,
      unitPrinted: printUnit(unit, locale),
      decimals: decimalsOf(indicatorByCode(code)),
      flag,
      before: before && { value: before[0], at: iso(before[1]) },
    })),
  }
}

/** Codes are chosen from those that have values. */
function latestIn(series: ReadonlyMap<string, ObservationRow[]>, code: string): ObservationRow {
  return series.get(code)!.at(-1)!
}

function indicatorView(
  chosen: Chosen,
  series: ReadonlyMap<string, ObservationRow[]>,
  row: OverviewRow,
  { locale, today }: ReadContext,
  names: Names,
): Overview['indicators'][number] {
  const lines = chosen.codes.map((code) => {
    const latest = latestIn(series, code)
    const view = valueView(latest, locale, names)
    const points = (series.get(code) ?? []).filter((one) => one.value !== null)
    return {
      code,
      name: view.name,
      unitPrinted: view.unitPrinted,
      decimals: view.decimals,
      latest: view,
      points: points.map((one) => ({ at: iso(one.effective_at), value: one.value!, flag: one.flag })),
      ...intervalOf(latest, row, today),
    }
  })
  return {
    code: chosen.codes[0]!,
    name: lines.map((line) => line.name).join(' / '),
    because: chosen.because,
    condition: chosen.condition,
    lines,
  }
}

function completenessView(row: OverviewRow, ctx: ReadContext): Completeness {
  const lists = {
    allergy: row.allergies,
    condition: row.conditions,
    medication: row.medications,
    procedure: row.procedures,
    'family-history': row.family_history,
  }
  const present = Object.entries(lists)
    .filter(([, list]) => list.length > 0)
    .map(([kind]) => kind)
  return completenessOf(
    {
      birthDate: row.birth_date,
      sex: row.sex,
      hasContact: row.has_contact,
      mainWorry: row.main_worry,
      answered: new Set([...present, ...row.absences]),
      newest: new Map(row.values.map(([latest]) => [latest![0], dateIn(new Date(latest![1]), ctx.tenant.timeZone)])),
    },
    ctx.today,
  )
}
