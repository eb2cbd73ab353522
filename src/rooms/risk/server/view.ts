import { ageOn } from '../../../platform/clock.ts'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import type { InstrumentCard } from '../../../clinical/instrument/core/instrument.ts'
import type { InputSpec, InputSpecs } from '../../../clinical/instrument/core/input.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, Bilingual, Locale } from '../../../platform/contract/index.ts'
import { printUnit } from '../../observation/server/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { Assessment, listRisks, MissingInput, RiskLine, UsedInput } from '../contract/risk.ts'
import { factsAsked, YOUNGEST_YEARS } from './assess.ts'
import { findAssessments, type AssessmentRow } from './assessment-store.ts'
import { findFacts } from './facts-store.ts'
import type { Facts, UsedInput as Used } from './facts.ts'
import { judge, type Judgement } from './judge.ts'
import { mapped, questionByCode, type MappedInstrument, type Mapping } from './mapping.ts'

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
  const byInstrument = Map.groupBy(rows, (row) => row.instrument)
  const risks = mapped.map((one) => lineOf(ctx, one, facts!, byInstrument.get(one.instrument.card.code) ?? []))
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
    known: used.map((input) => inputView(input, form.inputs, ctx.locale)),
    missing: missingOf(judgement, one.mapping, ctx.locale),
    outOfRange: outOfRangeOf(judgement, ctx.locale),
    notApplicable: judgement.state === 'not-applicable' ? reasonOf(judgement.because, card) : null,
    newest: newest ? assessmentView(newest, card, ctx.locale) : null,
    former: former.map(({ id, version, computedAt, value, band }) => ({
      id,
      version,
      computedAt: computedAt.toISOString(),
      value,
      band,
    })),
  }
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

/** Years of age as people write them; `a` is their UCUM code. */
function unitWords(unit: string | undefined, locale: Locale): string {
  return unit === 'a' ? (locale === 'en' ? 'years' : '岁') : printUnit(unit ?? null, locale)
}

export function assessmentView(row: AssessmentRow, card: InstrumentCard, locale: Locale): Assessment {
  const specs = instrumentByCode(card.code)?.forms.find(({ code }) => code === row.form)?.inputs ?? {}
  return {
    id: row.id,
    version: row.version,
    form: row.form,
    computedAt: row.computedAt.toISOString(),
    because: row.because,
    askedBy: row.askedBy,
    inputs: row.inputs.map((input) => inputView(input, specs, locale)),
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

function missingOf(judgement: Judgement, mapping: Mapping, locale: Locale): MissingInput[] {
  if (judgement.state === 'not-applicable') return []
  const { form, openQuestions } = judgement
  const names = judgement.state === 'computed' ? judgement.missing : judgement.refusal.missing
  return [
    ...openQuestions.flatMap((code): MissingInput[] => {
      const question = questionByCode(code)
      const way = { question: code, kind: 'yes-no' as const, choices: [], min: null, max: null }
      return question ? [{ input: code, label: { zh: question.zh, en: question.en }, optional: false, way }] : []
    }),
    ...names.flatMap((input): MissingInput[] => {
      const spec = form.inputs[input]
      const way = spec && wayOf(spec, mapping.inputs[input], locale)
      return way ? [{ input, label: { zh: spec.zh, en: spec.en }, optional: spec.optional ?? false, way }] : []
    }),
  ]
}

function wayOf(
  spec: InputSpec,
  source: Mapping['inputs'][string] | undefined,
  locale: Locale,
): MissingInput['way'] | undefined {
  if (!source) return undefined
  if ('person' in source) return { file: true }
  const limits = spec.kind === 'number' ? { min: spec.min ?? null, max: spec.max ?? null } : { min: null, max: null }
  if (!('question' in source))
    return {
      measure: 'pressure' in source ? source.pressure : source.indicator,
      unit: unitWords(spec.kind === 'number' ? spec.unit : undefined, locale),
      ...limits,
    }
  if (spec.kind !== 'yes-no' && spec.kind !== 'choice' && spec.kind !== 'number') return undefined
  return { question: source.question, kind: spec.kind, choices: spec.kind === 'choice' ? [...spec.of] : [], ...limits }
}

function outOfRangeOf(judgement: Judgement, locale: Locale): RiskLine['outOfRange'] {
  if (judgement.state !== 'out-of-range') return []
  return judgement.refusal.invalid.map((fault) => ({
    input: fault.input,
    label: {
      zh: judgement.form.inputs[fault.input]?.zh ?? fault.input,
      en: judgement.form.inputs[fault.input]?.en ?? fault.input,
    },
    value: fault.value as number,
    unit: unitWords('unit' in fault ? fault.unit : undefined, locale),
    reason: fault.reason,
    limit: 'limit' in fault ? fault.limit : null,
  }))
}

const FOR_SEX: Record<'male' | 'female', Bilingual> = {
  male: { zh: '这个工具只用于男性。', en: 'This instrument is for men only.' },
  female: { zh: '这个工具只用于女性。', en: 'This instrument is for women only.' },
}

function reasonOf(
  because: { question: string } | { sex: 'male' | 'female' } | { sentence: string },
  card: InstrumentCard,
): Bilingual {
  if ('sex' in because) return FOR_SEX[because.sex]
  if ('sentence' in because) return card.sentences?.[because.sentence] ?? card.population
  return card.population
}
