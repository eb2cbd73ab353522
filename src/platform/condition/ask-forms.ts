import type { ReadContext } from '../context/context.ts'
import { platformProblem } from '../http/problems.ts'
import { mentalKinds } from './admit.ts'
import type { FactBook } from './book.ts'
import type { ConditionChoice, FieldForm, KindForm, KindsAnswer } from './contract.ts'
import { fieldsOf, type BareField } from './derive.ts'
import { firstValues } from './first-value.ts'
import { sensitivityOfTest, type FactKind, type Purpose } from './fact.ts'
import { FACT_GROUPS, inBoth, type FieldHints, type KindHints, type OfferedChoice } from './form.ts'
import type { Condition } from './grammar.ts'
import { searchWords } from './search-words.ts'

/** Names of fields that many kinds have: they stand in the platform's texts. */
const KNOWN_FIELDS = new Set([
  'within',
  'atLeast',
  'op',
  'span',
  'status',
  'channels',
  'from',
  'to',
  'calendar',
  'inDays',
  'number',
])
const NO_HINTS: KindHints = { group: 'care' }

const described = new WeakMap<FactBook, KindsAnswer>()

/** All kinds of facts with the form of their question; the same for everybody, so that it is put together once. */
export function describeKinds(facts: FactBook): KindsAnswer {
  let answer = described.get(facts)
  if (!answer) {
    const groups = FACT_GROUPS.map((code) => ({ code, name: ours(facts, `condition.group.${code}`) }))
    const order = new Map(FACT_GROUPS.map((code, at) => [code as string, at]))
    const kinds = facts.kinds
      .map((kind) => describeKind(facts, kind))
      .toSorted((a, b) => order.get(a.group)! - order.get(b.group)!)
    described.set(facts, (answer = { groups, kinds }))
  }
  return answer
}

function describeKind(facts: FactBook, kind: FactKind): KindForm {
  const hints = facts.hintsOf(kind.code) ?? NO_HINTS
  const fields = fieldsOf(kind.test, hints.fields ?? {})
  const start = { ...firstValues(fields, ({ values }) => values), ...hints.start }
  const whole = fields.length === 0 ? true : fields[0]!.key === '' ? (hints.start?.[''] ?? fields[0]!.values[0]) : start
  const name = text(facts, kind.room, `ask.${kind.code}.name`, kind.code)
  return {
    code: kind.code,
    name,
    search: searchWords([name.zh, name.en, kind.code, ...namesIn(facts, kind)]),
    group: hints.group,
    isBarred: kind.sensitivity === 'mental',
    fields: fields.map((field) => named(field, { facts, kind, hints, start })),
    needs: (hints.needs ?? []).map((one) => [...one]),
    start: whole,
  }
}

/** Other words for a kind, where its room has some: `ask.<kind>.also`. */
function namesIn(facts: FactBook, kind: FactKind): string[] {
  const { zh, en } = text(facts, kind.room, `ask.${kind.code}.also`, '')
  return [zh, en]
}

interface Naming {
  facts: FactBook
  kind: FactKind
  hints: KindHints
  start: object
}

function named(field: BareField, naming: Naming): FieldForm {
  const { facts, kind, hints, start } = naming
  const { path, values, fields, ...rest } = field
  const own: FieldHints = hints.fields?.[path] ?? {}
  const key = path.replaceAll('.', '-') || 'value'
  const fallback = KNOWN_FIELDS.has(field.key)
    ? ours(facts, `condition.field.${field.key}`)
    : { zh: field.key, en: field.key }
  const barred = values.filter((value) =>
    tellsOfMind(kind, field.key === '' ? value : { ...start, [field.key]: rest.type === 'choices' ? [value] : value }),
  )
  return {
    ...rest,
    name: found(facts, kind.room, `ask.${kind.code}.${key}`) ?? fallback,
    options: values.map((value) => ({
      value,
      name: optionName(naming, path, value),
      // Where all are, it is not the value that tells, but that something else is left open.
      isBarred: barred.length < values.length && barred.includes(value),
    })),
    isListed: own.from !== undefined,
    of: [...(own.of ?? [])],
    unit: found(facts, kind.room, `ask.${kind.code}.${key}-unit`) ?? null,
    fields: fields.map((inner) => named(inner, naming)),
    when: own.when ? { field: own.when.field, is: [...own.when.is] } : null,
  }
}

function optionName({ facts, kind, hints }: Naming, path: string, value: string) {
  const { words } = hints.fields?.[path] ?? {}
  const last = path.split('.').at(-1)!
  return (
    (words ? found(facts, kind.room, `${words}.${value}`) : undefined) ??
    found(facts, kind.room, `ask.${kind.code}.${path.replaceAll('.', '-') || 'value'}_${value}`) ??
    found(facts, 'platform', `condition.option.${last}.${value}`) ?? { zh: value, en: value }
  )
}

/** Only what the form alone tells; a test that is not whole yet tells nothing. */
function tellsOfMind(kind: FactKind, test: unknown): boolean {
  const parsed = kind.test.safeParse(test)
  return parsed.success && typeof kind.sensitivity === 'function' && sensitivityOfTest(kind, parsed.data) === 'mental'
}

const ours = (facts: FactBook, key: string) => inBoth((locale) => facts.translate(locale, 'platform', key))

function text(facts: FactBook, room: string, key: string, fallback: string) {
  return found(facts, room, key) ?? { zh: fallback, en: fallback }
}

/** undefined where the room has no such text. */
function found(facts: FactBook, room: string, key: string) {
  const said = inBoth((locale) => facts.translate(locale, room, key))
  return said.zh === key ? undefined : said
}

/** What a field may name, for this organization. @throws Problem NotFound for a field that has no list */
export async function offerChoices(
  ctx: ReadContext,
  { kind: code, field }: { kind: string; field: string },
  { purpose, of }: { purpose: Purpose; of: string },
): Promise<{ choices: ConditionChoice[] }> {
  const kind = ctx.facts.find(code)
  const hints = ctx.facts.hintsOf(code)?.fields?.[field]
  const list = hints?.from === undefined ? undefined : ctx.facts.choices(hints.from)
  if (!kind || !list) throw platformProblem('NotFound')
  const given = of === '' ? [] : of.split('|')
  const offered = await list(ctx, given)
  const barred = purpose === 'audience' ? await barredAmong(ctx, kind, field, given, offered) : new Set()
  return {
    choices: offered.map(({ code: value, name, group = null, words = [], units = [] }) => ({
      code: value,
      name,
      group,
      search: searchWords([name.zh, name.en, value, ...words]),
      units: [...units],
      isBarred: barred.has(value),
    })),
  }
}

/** The choices that tell of mind and mood, by themselves or by what they follow from. */
async function barredAmong(
  ctx: ReadContext,
  kind: FactKind,
  field: string,
  given: readonly string[],
  offered: readonly OfferedChoice[],
): Promise<Set<string>> {
  const form = describeKinds(ctx.facts).kinds.find((one) => one.code === kind.code)!
  const asked = form.fields.find(({ key }) => key === field)
  const barred = new Set<string>()
  // What stands within a list is judged with the whole question.
  if (!asked) return barred
  const known = Object.fromEntries(asked.of.map((name, at) => [name, given[at]]))
  for (const { code } of offered) {
    const said = { ...(form.start as object), ...known, [field]: asked.type === 'picks' ? [code] : code }
    const test = wholeOf(kind, Object.fromEntries(Object.entries(said).filter(([, value]) => !isEmpty(value))))
    if (test && (await mentalKinds(ctx, { [kind.code]: test } as never as Condition)).size > 0) barred.add(code)
  }
  return barred
}

/** A test as far as it is said, made whole where a value is all that it lacks. */
function wholeOf(kind: FactKind, test: object): object | undefined {
  return [test, { ...test, value: { op: '>=', value: 0 } }].find((one) => kind.test.safeParse(one).success)
}

function isEmpty(value: unknown): boolean {
  if (value === '' || value === null) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && 'value' in value && value.value === null
}
