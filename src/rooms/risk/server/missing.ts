import { indicatorByCode } from '../../../clinical/index.ts'
import type { InputSpec } from '../../../clinical/instrument/core/input.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { printUnit } from '../../observation/server/index.ts'
import type { MissingInput, RiskLine } from '../contract/risk.ts'
import type { Judgement } from './judge.ts'
import { questionByCode, type Mapping } from './mapping.ts'

/** What the nearest form of the instrument still asks, optional things after a result among them. */
export function missingOf(judgement: Judgement, mapping: Mapping, locale: Locale): MissingInput[] {
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

/** How a person can give it: measure it, answer it, or complete their file. */
function wayOf(
  spec: InputSpec,
  source: Mapping['inputs'][string] | undefined,
  locale: Locale,
): MissingInput['way'] | undefined {
  if (!source) return undefined
  if ('person' in source) return { file: true }
  if (!('question' in source)) {
    const code = 'pressure' in source ? source.pressure : source.indicator
    return { measure: (TOGETHER[code] ?? [code]).flatMap((one) => measureOf(one, locale)) }
  }
  const { kind } = spec
  if (kind !== 'yes-no' && kind !== 'choice' && kind !== 'number') return undefined
  const limits = kind === 'number' ? { min: spec.min ?? null, max: spec.max ?? null } : { min: null, max: null }
  return { question: source.question, kind, choices: kind === 'choice' ? [...spec.of] : [], ...limits }
}

/** What is entered together: both pressures; height and weight, from which the index is worked out. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  sbp: ['sbp', 'dbp'],
  dbp: ['sbp', 'dbp'],
  bmi: ['height', 'weight'],
}

function measureOf(code: string, locale: Locale) {
  const indicator = indicatorByCode(code)
  if (indicator?.kind !== 'number') return []
  const { nameZh, nameEn, unit } = indicator
  return [{ code, label: { zh: nameZh, en: nameEn }, unit: unitWords(unit, locale), ucum: unit }]
}

/** What the record says and the model does not take. */
export function outOfRangeOf(judgement: Judgement, mapping: Mapping, locale: Locale): RiskLine['outOfRange'] {
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
    ofPerson: 'person' in (mapping.inputs[fault.input] ?? {}),
  }))
}

/** Years of age as people write them; `a` is their UCUM code. */
export function unitWords(unit: string | undefined, locale: Locale): string {
  return unit === 'a' ? (locale === 'en' ? 'years' : '岁') : printUnit(unit ?? null, locale)
}
