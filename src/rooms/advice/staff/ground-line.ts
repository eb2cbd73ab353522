import { SOLAR_TERMS } from '../../../clinical/advice/index.ts'
import { indicatorByCode } from '../../../clinical/index.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import type { T } from '../../../platform/web/index.ts'
import { ground, type Ground } from '../contract/words.ts'

export const GROUND_KINDS = [
  'condition',
  'medicine',
  'allergy',
  'pregnancy',
  'tag',
  'risk',
  'score',
  'constitution',
  'season',
  'age',
  'indicator',
] as const
export type GroundKind = (typeof GROUND_KINDS)[number]

export function kindOf(one: Ground): GroundKind {
  return GROUND_KINDS.find((kind) => kind in one)!
}

/**
 * A ground as one line that people write: `I10, I11 / 高血压 / Hypertension`, `ldl >= 3.4 / 12`, `立冬 - 立春`, `65 -`.
 * `parseGround` reads it back.
 */
export function groundLine(one: Ground): string {
  if ('condition' in one) return `${one.condition.join(', ')} / ${one.name.zh} / ${one.name.en}`
  if ('medicine' in one) return one.medicine
  if ('allergy' in one) return one.allergy.join(', ')
  if ('pregnancy' in one) return ''
  if ('tag' in one) return one.tag
  if ('risk' in one) return `${one.risk.instrument}: ${one.risk.bands.join(', ')}`
  if ('score' in one) return `${one.score.questionnaire}: ${one.score.bands.join(', ')}`
  if ('constitution' in one) return one.constitution.join(', ')
  if ('season' in one) return `${one.season.from} - ${one.season.to}`
  if ('age' in one) return `${one.age.from ?? ''} - ${one.age.to ?? ''}`.trim()
  const { code, op, value, months } = one.indicator
  return `${code} ${op} ${value} / ${months}`
}

/** @returns undefined where the line says nothing that the kind could mean */
export function parseGround(kind: GroundKind, line: string): Ground | undefined {
  const read = ground.safeParse(rawOf(kind, line.trim()))
  return read.success ? read.data : undefined
}

function rawOf(kind: GroundKind, line: string): unknown {
  const list = (text = '') =>
    text
      .split(/[,，、]/)
      .map((part) => part.trim())
      .filter(Boolean)
  const [head = '', tail = ''] = line.split(/[:：]/)
  switch (kind) {
    case 'condition': {
      const [codes, zh = '', en = ''] = line.split('/').map((part) => part.trim())
      return { condition: list(codes), name: { zh, en: en || zh } }
    }
    case 'medicine':
      return { medicine: line }
    case 'allergy':
      return { allergy: list(line) }
    case 'pregnancy':
      return { pregnancy: true }
    case 'tag':
      return { tag: line }
    case 'risk':
      return { risk: { instrument: head.trim(), bands: list(tail) } }
    case 'score':
      return { score: { questionnaire: head.trim(), bands: list(tail) } }
    case 'constitution':
      return { constitution: list(line) }
    case 'season': {
      const [from, to] = line.split(/[-–—到]/).map((part) => part.trim())
      return { season: { from, to } }
    }
    case 'age': {
      const found = /^(\d*)\s*[-–—到]\s*(\d*)$/.exec(line)
      if (!found || (!found[1] && !found[2])) return undefined
      return { age: { ...(found[1] ? { from: Number(found[1]) } : {}), ...(found[2] ? { to: Number(found[2]) } : {}) } }
    }
    case 'indicator': {
      const found = /^([\w-]+)\s*(<=|>=|<|>|≤|≥)\s*(-?[\d.]+)\s*(?:\/\s*(\d+))?$/.exec(line)
      if (!found || !indicatorByCode(found[1]!)) return undefined
      const op = { '≤': '<=', '≥': '>=' }[found[2]!] ?? found[2]
      return { indicator: { code: found[1], op, value: Number(found[3]), months: Number(found[4] ?? 12) } }
    }
  }
}

/** What is written for each kind, for the hint below the field. */
export function exampleOf(kind: GroundKind): string {
  return {
    condition: 'I10, I11 / 高血压 / Hypertension',
    medicine: 'warfarin',
    allergy: '花生, peanut',
    pregnancy: '',
    tag: 'obesity',
    risk: 'china-par-10y: medium, high',
    score: 'gad-7: mild, moderate',
    constitution: 'qixu, yangxu',
    season: `${SOLAR_TERMS[0]} - ${SOLAR_TERMS[6]}`,
    age: '65 -',
    indicator: 'ldl >= 3.4 / 12',
  }[kind]
}

/** A ground as a reader sees it; `words` picks the reader's language. */
export function groundWords(t: T, words: (text: Bilingual) => string, one: Ground): string {
  const kind = kindOf(one)
  const text =
    'condition' in one ? t('ground.named', { name: words(one.name), codes: one.condition.join(', ') }) : groundLine(one)
  return text ? t('ground.line', { kind: t(`reason.kind.${kind}`), text }) : t(`reason.kind.${kind}`)
}
