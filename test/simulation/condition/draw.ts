import type { Random } from '../../../bench/population/random.ts'
import type { Condition, FactTests, Leaf, Span } from '../../../src/platform/condition/grammar.ts'
import { INDICATORS, INSTRUMENTS, PROTOCOLS, QUESTIONNAIRES, SEGMENTS, TAGS, TEMPLATES } from './words.ts'

/** Draws conditions over all kinds of facts, nested up to three deep. */
export function drawCondition(random: Random, staff: readonly string[], depth = 0): Condition {
  const at = random.unit()
  const parts = () =>
    Array.from({ length: 1 + Math.floor(random.unit() * 3) }, () => drawCondition(random, staff, depth + 1))
  if (depth < 3 && at < 0.2) return { all: parts() }
  if (depth < 3 && at < 0.4) return { any: parts() }
  if (depth < 3 && at < 0.52) return { not: drawCondition(random, staff, depth + 1) }
  return drawLeaf(random, staff)
}

export function drawLeaf(random: Random, staff: readonly string[]): Leaf {
  const draw = drawer(random)
  const kinds = Object.values(LEAVES)
  return draw.pick(kinds)(draw, staff)
}

type Draw = ReturnType<typeof drawer>

function drawer(random: Random) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.unit() * list.length)]!
  const chance = (p: number) => random.chance(p)
  const int = (from: number, to: number) => from + Math.floor(random.unit() * (to - from + 1))
  const some = <T>(list: readonly T[]): T[] => {
    const chosen = list.filter(() => chance(0.5))
    return chosen.length > 0 ? chosen : [pick(list)]
  }
  const op = () => pick(['<', '<=', '=', '>=', '>'] as const)
  const span = (): Span => (chance(0.5) ? { days: pick([1, 7, 30, 90, 365]) } : { months: pick([1, 3, 6, 12, 24]) })
  const maybe = <T>(p: number, value: () => T): T | undefined => (chance(p) ? value() : undefined)
  const measure = (low: number, high: number) => ({ op: op(), value: int(low, high) })
  const ahead = () => {
    const from = chance(0.4) ? 0 : int(0, 60)
    return { from, to: from + (chance(0.3) ? 0 : int(0, 100)) }
  }
  const number = () => maybe(0.25, () => ({ op: op(), value: int(1, 60) }))
  return { pick, chance, int, some, op, span, maybe, measure, ahead, number }
}

/** Leaves out what is undefined, as JSON does. */
const tidy = <T extends object>(test: T): T => JSON.parse(JSON.stringify(test)) as T

/** A kind that a room declares and nobody draws does not compile. */
const LEAVES: Record<keyof FactTests, (draw: Draw, staff: readonly string[]) => Leaf> = {
  age: (d) => ({ age: { op: d.op(), years: d.int(0, 90) } }),
  ageInMonths: (d) => ({ ageInMonths: { op: d.op(), months: d.int(0, 200) } }),
  sex: (d) => ({ sex: d.pick(['male', 'female'] as const) }),
  deceased: () => ({ deceased: true }),
  level: (d) => ({ level: { in: d.some(['standard', 'silver', 'gold', 'corporate'] as const) } }),
  source: (d) => ({
    source: { in: d.some(['outpatient', 'health-check', 'corporate', 'referral', 'online'] as const) },
  }),
  carer: (d, staff) => ({
    carer: tidy({
      role: d.pick(['doctor', 'manager', 'counsellor'] as const),
      staff: d.maybe(0.5, () => d.some(staff)),
    }),
  }),
  birthday: (d) => ({
    birthday: tidy({ calendar: d.pick(['solar', 'lunar'] as const), inDays: d.ahead(), number: d.number() }),
  }),
  indicator: (d) => {
    const is = () => d.pick([d.measure(2, 150), { from: d.int(2, 60), below: d.int(61, 160) }])
    const pick = d.pick(['newest', 'any', 'count'] as const)
    return {
      indicator: tidy({
        code: d.pick(INDICATORS),
        pick,
        is: d.chance(0.2) ? { flagged: d.some(['L', 'H'] as const) } : is(),
        or: pick === 'newest' ? undefined : d.maybe(0.3, () => [{ code: d.pick(INDICATORS), is: is() }]),
        within: d.maybe(0.7, d.span),
        atLeast: pick === 'count' ? d.int(1, 4) : undefined,
        onDifferentDays: d.maybe(0.4, () => true),
      }),
    }
  },
  slope: (d) => ({
    slope: {
      code: d.pick(INDICATORS.slice(0, 3)),
      perYear: d.measure(-40, 40),
      within: { months: d.pick([12, 24, 60]) },
      atLeast: d.int(3, 4),
    },
  }),
  change: (d) => ({
    change: tidy({
      code: d.pick(INDICATORS),
      since: d.pick(['previous', 'first'] as const),
      by: d.measure(-30, 30),
      unit: d.pick(['value', 'percent'] as const),
      within: d.maybe(0.6, d.span),
    }),
  }),
  compare: (d) => ({
    compare: tidy({
      left: d.pick(INDICATORS),
      op: d.op(),
      right: d.pick(INDICATORS),
      times: d.pick([1, 2, 0.5]),
      plus: d.pick([0, 5, -3]),
      within: d.maybe(0.5, d.span),
      sameDay: d.chance(0.4),
    }),
  }),
  condition: (d) => ({
    condition: { codes: d.some(['I10', 'I', 'E11', 'F32', 'E78']), status: d.pick(['active', 'any'] as const) },
  }),
  procedure: (d) => ({
    procedure: tidy({
      codes: d.maybe(0.4, () => d.some(['51', '45.23', '94'])),
      kind: d.maybe(0.5, () => d.pick(['surgery', 'endoscopy', 'other'] as const)),
      within: d.maybe(0.5, d.span),
    }),
  }),
  familyHistory: (d) => ({ familyHistory: { codes: d.some(['I10', 'E11', 'C']) } }),
  medication: (d) => ({
    medication: tidy({
      codes: d.maybe(0.5, () => d.some(['C', 'C08', 'A10', 'N06'])),
      names: d.maybe(0.2, () => ['平']),
      status: d.pick(['active', 'any'] as const),
      begun: d.maybe(0.4, () => ({ op: d.pick(['<', '>='] as const), span: d.span() })),
    }),
  }),
  encounter: (d) => ({
    encounter: tidy({
      classes: d.maybe(0.5, () => d.some(['outpatient', 'inpatient', 'emergency', 'health-check'] as const)),
      departments: d.maybe(0.3, () => d.some(['心内', '科', '精神'])),
      within: d.maybe(0.6, d.span),
      atLeast: d.int(1, 3),
      now: d.maybe(0.2, () => true as const),
    }),
  }),
  since: (d) => ({
    since: {
      event: d.pick(['encounter', 'report', 'observation', 'registration', 'any-contact'] as const),
      op: d.pick(['<', '>='] as const),
      span: d.span(),
    },
  }),
  anniversary: (d) => {
    const of = d.pick(['procedure', 'condition', 'discharge', 'registration'] as const)
    return {
      anniversary: tidy({
        of,
        codes:
          of === 'procedure' || of === 'condition' ? d.maybe(0.4, () => d.some(['I10', 'E', '51', '94'])) : undefined,
        kind: of === 'procedure' ? d.maybe(0.4, () => d.pick(['surgery', 'endoscopy'] as const)) : undefined,
        calendar: d.pick(['solar', 'lunar'] as const),
        inDays: d.ahead(),
        number: d.number(),
      }),
    }
  },
  tag: (d) => ({ tag: { code: d.pick(TAGS) } }),
  segment: (d) => ({ segment: tidy({ segment: d.pick(SEGMENTS), within: d.maybe(0.5, d.span) }) }),
  card: (d) => ({ card: { states: d.some(['pending', 'active', 'frozen', 'closed'] as const) } }),
  stage: (d) => ({
    stage: tidy({
      in: d.some(['first-visit', 'inpatient', 'discharge', 'long-term'] as const),
      since: d.maybe(0.5, () => ({ op: d.pick(['<', '>='] as const), span: d.span() })),
    }),
  }),
  relationship: (d) => ({
    relationship: tidy({
      in: d.some(['acquainted', 'joined', 'in-care', 'together', 'graduated'] as const),
      since: d.maybe(0.5, () => ({ op: d.pick(['<', '>='] as const), span: d.span() })),
    }),
  }),
  task: (d) => ({
    task: tidy({
      types: d.maybe(0.5, () => d.some(['follow-up', 'recheck', 'call', 'other'] as const)),
      state: d.pick(['open', 'overdue', 'done', 'cancelled'] as const),
      within: d.maybe(0.6, d.span),
    }),
  }),
  appointment: (d) => ({
    appointment: tidy({
      state: d.pick(['coming', 'kept', 'missed', 'cancelled'] as const),
      departments: d.maybe(0.4, () => d.some(['心', '内', '外'])),
      within: d.maybe(0.6, d.span),
      atLeast: d.int(1, 2),
    }),
  }),
  message: (d) => ({
    message: tidy({
      templates: d.maybe(0.4, () => d.some(TEMPLATES)),
      purposes: d.maybe(0.4, () => d.some(['service', 'care', 'promotion'] as const)),
      channels: d.maybe(0.4, () => d.some(['in-app', 'email'] as const)),
      outcome: d.pick(['sent', 'failed', 'suppressed'] as const),
      within: d.maybe(0.6, d.span),
      atLeast: d.int(1, 2),
    }),
  }),
  refuses: (d) => ({
    refuses: tidy({
      purpose: d.pick(['service', 'care', 'promotion'] as const),
      channels: d.maybe(0.5, () => d.some(['in-app', 'email'] as const)),
    }),
  }),
  risk: (d) => {
    const { code, bands } = d.pick(INSTRUMENTS)
    return {
      risk: tidy({
        instrument: code,
        bands: d.some(bands),
        value: d.maybe(0.3, () => d.measure(0, 30)),
        within: d.maybe(0.5, d.span),
      }),
    }
  },
  answered: (d) => ({
    answered: tidy({ questionnaire: d.pick(QUESTIONNAIRES).code, within: d.maybe(0.6, d.span), atLeast: d.int(1, 2) }),
  }),
  score: (d) => {
    const { code, score, bands } = d.pick(QUESTIONNAIRES)
    return {
      score: tidy({
        questionnaire: code,
        score: d.maybe(0.5, () => score),
        bands: d.some(bands),
        value: d.maybe(0.4, () => d.measure(0, 30)),
        within: d.maybe(0.6, d.span),
      }),
    }
  },
  answer: (d) => {
    const { code, question } = d.pick(QUESTIONNAIRES)
    return d.chance(0.5)
      ? { answer: tidy({ questionnaire: code, question, in: d.some(['a', 'b']), within: d.maybe(0.5, d.span) }) }
      : {
          answer: tidy({
            questionnaire: code,
            question: 'number',
            value: d.measure(0, 10),
            within: d.maybe(0.5, d.span),
          }),
        }
  },
  followUp: (d) => ({
    followUp: tidy({
      protocols: d.maybe(0.6, () => d.some(PROTOCOLS)),
      state: d.pick(['running', 'completed', 'exited'] as const),
      within: d.maybe(0.6, d.span),
    }),
  }),
  followUpVisit: (d) => ({
    followUpVisit: tidy({
      protocols: d.maybe(0.5, () => d.some(PROTOCOLS)),
      state: d.pick(['due', 'overdue', 'missed', 'done'] as const),
      within: d.maybe(0.5, d.span),
    }),
  }),
  carePlan: (d) => ({ carePlan: { state: d.pick(['active', 'paused', 'ended'] as const) } }),
  attempt: (d) => ({
    attempt: tidy({
      outcomes: d.some(['reached', 'no-answer', 'busy'] as const),
      channels: d.maybe(0.4, () => d.some(['phone', 'sms'] as const)),
      within: d.maybe(0.6, d.span),
      atLeast: d.int(1, 3),
    }),
  }),
}

export const DRAWN_KINDS = Object.keys(LEAVES)
