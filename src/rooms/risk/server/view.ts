import { ageOn } from '../../../platform/clock.ts'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import type { InstrumentCard } from '../../../clinical/instrument/core/instrument.ts'
import type { InputSpecs } from '../../../clinical/instrument/core/input.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, Bilingual, Locale } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { Assessment, listRisks, RiskLine, UsedInput } from '../contract/risk.ts'
import { factsAsked, YOUNGEST_YEARS } from './assess.ts'
import { findAssessments, type AssessmentRow } from './assessment-store.ts'
import { findFacts } from './facts-store.ts'
import type { Facts, UsedInput as Used } from './facts.ts'
import { judge, type NotMadeFor } from './judge.ts'
import { mapped, questionByCode, type MappedInstrument } from './mapping.ts'
import { missingOf, outOfRangeOf, unitWords } from './missing.ts'
import { newestDay } from './window.ts'

/** Results shown of one instrument; more than ten years of half-yearly ones. */
const SHOWN = 24

/** What instruments say about a person today and said before. */
export async function showRisks(ctx: ReadContext, patientId: string): Promise<AnswerOf<typeof listRisks>> {
  const person = await requireVisible(ctx, patientId)
  const { permissions } = ctx.actor
  const can = {
    assess: permissions.has('risk.assess'),
    release: permissions.has('risk.release'),
    measure: permissions.has('record.write'),
  }
  const who = whoIs(person, ctx.today)
  if (who !== 'adult') return { who, risks: [], can: { ...can, assess: false } }
  const [[facts], rows] = await Promise.all([
    findFacts(ctx.db, factsAsked(ctx, [patientId]), false),
    findAssessments(ctx.db, ctx.organizationId, patientId, { most: SHOWN }),
  ])
  // Of a file that was merged away nothing is computed: what it says stands with the other.
  if (!facts) return { who, risks: [], can: { ...can, assess: false } }
  const byInstrument = Map.groupBy(rows, (row) => row.instrument)
  const risks = mapped.map((one) => lineOf(ctx, one, facts, byInstrument.get(one.instrument.card.code) ?? []))
  return { who, risks, can }
}

export function whoIs(
  person: { birth_date: string | null; state: string },
  today: string,
): 'adult' | 'minor' | 'age-unknown' | 'deceased' {
  if (person.state === 'deceased') return 'deceased'
  if (person.birth_date === null) return 'age-unknown'
  return ageOn(person.birth_date, today) < YOUNGEST_YEARS ? 'minor' : 'adult'
}

function lineOf(ctx: ReadContext, one: MappedInstrument, facts: Facts, rows: readonly AssessmentRow[]): RiskLine {
  const { card } = one.instrument
  const judgement = judge(one, facts, ctx.today)
  const [newest, ...former] = rows
  const { form, used } = judgement
  return {
    instrument: card.code,
    version: card.version,
    title: card.title,
    about: card.about,
    population: card.population,
    badge: card.badge,
    value: one.mapping.value ?? null,
    bands: card.bands,
    state: judgement.state,
    changed:
      judgement.state === 'computed' && (newest?.inputHash !== judgement.hash || newest.version !== card.version),
    movable: newest !== undefined && newest.inputs.some(({ input }) => isMovable(one, newest.form, input)),
    known: used.map((input) => inputView(input, form.inputs, ctx.locale)),
    missing: missingOf(judgement, one.mapping, ctx.locale),
    outOfRange: outOfRangeOf(judgement, one.mapping, ctx.locale),
    notApplicable: judgement.state === 'not-applicable' ? reasonOf(judgement.because, card) : null,
    newest: newest ? assessmentView(ctx, newest, card) : null,
    former: former.map((row) => ({
      id: row.id,
      version: row.version,
      computedAt: row.computedAt.toISOString(),
      on: dayOf(row, ctx),
      value: row.value,
      band: row.band,
      inputs: measuredOf(row.inputs),
    })),
  }
}

function isMovable({ instrument }: MappedInstrument, form: string, input: string): boolean {
  const spec = instrument.forms.find(({ code }) => code === form)?.inputs[input]
  return spec !== undefined && 'movable' in spec && spec.movable === true
}

/** The day of the newest measurement that a result rests on. */
export function dayOf(row: AssessmentRow, { tenant }: ReadContext): string {
  return newestDay(row, tenant.timeZone)
}

function measuredOf(inputs: readonly Used[]): Record<string, number> {
  return Object.fromEntries(
    inputs.flatMap(({ input, value, from }) =>
      from === 'observation' && typeof value === 'number' ? [[input, value]] : [],
    ),
  )
}

function inputView(used: Used, specs: InputSpecs, locale: Locale): UsedInput {
  const spec = specs[used.input]
  return {
    input: used.input,
    label: spec ? { zh: spec.zh, en: spec.en } : { zh: used.input, en: used.input },
    value: used.value,
    unit: unitWords(used.unit, locale),
    from: used.from,
    ids: used.ids,
    on: used.on ?? null,
    count: used.count ?? null,
    by: used.by ?? null,
  }
}

function assessmentView(ctx: ReadContext, row: AssessmentRow, card: InstrumentCard): Assessment {
  const specs = instrumentByCode(card.code)?.forms.find(({ code }) => code === row.form)?.inputs ?? {}
  return {
    id: row.id,
    version: row.version,
    form: row.form,
    computedAt: row.computedAt.toISOString(),
    on: dayOf(row, ctx),
    because: row.because,
    askedBy: row.askedBy,
    inputs: row.inputs.map((input) => inputView(input, specs, ctx.locale)),
    value: row.value,
    band: row.band,
    caveats: row.caveats.flatMap((code) => card.sentences?.[code] ?? []),
    expiresOn: row.expiresOn,
    release: {
      state: row.release === 'automatic' ? 'automatic' : (row.decision ?? 'waiting'),
      by: row.decidedBy,
      at: row.decidedAt?.toISOString() ?? null,
      note: row.decisionNote ?? '',
      number: row.decisionNumber,
    },
  }
}

function reasonOf(because: NotMadeFor, card: InstrumentCard): Bilingual {
  if ('sentence' in because) return card.sentences?.[because.sentence] ?? card.population
  if ('sex' in because) return FOR_SEX[because.sex]
  const question = questionByCode(because.question)!
  return because.answer
    ? {
        zh: `档案显示：${question.zh}。这个工具不适用。`,
        en: `On record: ${question.en}. This instrument does not apply.`,
      }
    : {
        zh: `“${question.zh}”的回答是“否”，这个工具不适用。`,
        en: `“${question.en}” was answered no; this instrument does not apply.`,
      }
}

const FOR_SEX: Record<'male' | 'female', Bilingual> = {
  male: { zh: '这个工具只用于男性。', en: 'This instrument is for men only.' },
  female: { zh: '这个工具只用于女性。', en: 'This instrument is for women only.' },
}
