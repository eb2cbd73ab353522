import type { Locale } from '../../../../platform/contract/index.ts'
import content from '../../content/sentences.json' with { type: 'json' }
import { SECTIONS, type Fact, type Section, type SectionKey, type Sentence } from '../../contract/words.ts'
import type { Stage } from '../stage.ts'

type Key = keyof typeof content.sentences
type Values = Record<string, string | number>

function say(key: Key, values: Values, locale: Locale): string {
  const text = content.sentences[key][locale === 'en' ? 'en' : 'zh']
  return text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))
}

interface Draft {
  sections: Section[]
  facts: Fact[]
}

/** At or above so many of 100 an action went well; below so many it was hard. Our own choice, for words alone. */
const WELL_PERCENT = 80
const HARD_PERCENT = 60

/**
 * Drafts a summary: each sentence is made of facts, and names them. What the doctor thinks and what comes next is left
 * to people.
 * @param locale the person's language
 */
export function draftOf(stage: Stage, locale: Locale): Draft {
  const facts = new Map<string, Fact>()
  const written = new Map<SectionKey, Sentence[]>(SECTIONS.map((key) => [key, []]))
  const write = (section: SectionKey, key: Key, values: Values, used: readonly Fact[]) => {
    for (const one of used) facts.set(one.id, one)
    const sentences = written.get(section)!
    const ids = used.map(({ id }) => id)
    sentences.push({
      id: `${section}-${sentences.length + 1}`,
      text: say(key, values, locale),
      from: 'system',
      facts: ids,
    })
  }
  write('overview', 'period', { from: stage.from, until: stage.until, days: stage.days }, [stage.period])
  if (stage.former)
    write('overview', 'former', { before: stage.former.before, after: stage.former.after }, [stage.former.fact])
  writePlans(stage, write)
  writeIndicators(stage, write)
  for (const risk of stage.risks) {
    const key = risk.before === null ? 'riskFirst' : risk.before === risk.after ? 'riskSame' : 'riskMoved'
    write('risk', key, { title: risk.title, before: risk.before ?? '', after: risk.after }, [risk.fact])
  }
  const { followUps, encounters, alerts } = stage
  if (followUps.count > 0) write('events', 'followUps', { count: followUps.count }, [followUps.fact])
  if (encounters.count > 0) write('events', 'encounters', { count: encounters.count }, [encounters.fact])
  if (alerts.count > 0) write('events', 'alerts', { count: alerts.count, closed: alerts.closed }, [alerts.fact])
  for (const said of stage.words) write('words', 'words', { text: said.text, on: said.on }, [said.fact])
  return { sections: SECTIONS.map((key) => ({ key, sentences: written.get(key)! })), facts: [...facts.values()] }
}

type Write = (section: SectionKey, key: Key, values: Values, used: readonly Fact[]) => void

function writePlans({ plans, period }: Stage, write: Write): void {
  if (plans.length === 0) return write('adherence', 'noPlan', {}, [period])
  for (const plan of plans) {
    const { expected, done, partly, percent } = plan.adherence
    if (percent === null) {
      write('adherence', 'notYet', { title: plan.title }, [plan.fact])
      continue
    }
    write('adherence', 'adherence', { title: plan.title, expected, done, partly, percent }, [plan.fact])
    const measured = plan.actions.filter(({ adherence }) => adherence.percent !== null)
    const sorted = measured.toSorted((a, b) => b.adherence.percent! - a.adherence.percent!)
    const [best, hardest] = [sorted[0], sorted.at(-1)]
    if (best && best.adherence.percent! >= WELL_PERCENT) write('adherence', 'best', { action: best.title }, [best.fact])
    if (hardest && hardest !== best && hardest.adherence.percent! < HARD_PERCENT)
      write('adherence', 'hardest', { action: hardest.title }, [hardest.fact])
  }
}

function writeIndicators({ indicators, goals, period }: Stage, write: Write): void {
  if (indicators.length === 0) write('indicators', 'noIndicator', {}, [period])
  for (const one of indicators) {
    const values = { name: one.name, unit: one.unit, before: one.before ?? '', after: one.after }
    write('indicators', changeKey(one), values, [one.fact])
  }
  for (const goal of goals)
    write('indicators', goal.met ? 'met' : 'notMet', { name: goal.name, target: goal.target }, [goal.fact])
}

function changeKey({ before, direction, beyondVariation }: Stage['indicators'][number]): Key {
  if (before === null) return 'first'
  if (beyondVariation === null) return 'unknown'
  if (!beyondVariation || direction === 'same') return 'within'
  return direction === 'down' ? 'changedDown' : 'changedUp'
}

/** What a person has made of the draft: a changed sentence keeps its facts and says that it was edited. */
export function edited(
  before: readonly Section[],
  written: readonly { key: SectionKey; sentences: readonly { id: string; text: string }[] }[],
): Section[] {
  const known = new Map(before.flatMap(({ sentences }) => sentences.map((one) => [one.id, one] as const)))
  const texts = new Map(written.map(({ key, sentences }) => [key, sentences]))
  return SECTIONS.map((key) => ({
    key,
    sentences: (texts.get(key) ?? []).map(({ id, text }): Sentence => {
      const was = known.get(id)
      if (!was) return { id, text, from: 'person', facts: [] }
      return was.text === text ? was : { ...was, text, from: was.from === 'person' ? 'person' : 'edited' }
    }),
  }))
}

/** Sections that a person has to write before it can be signed. */
export function missingSections(sections: readonly Section[]): SectionKey[] {
  return sections
    .filter(({ key, sentences }) => (key === 'doctor' || key === 'next') && sentences.length === 0)
    .map(({ key }) => key)
}

/** Sentences that say something of the record and have lost what they rest on; there may be none. */
export function withoutFacts(sections: readonly Section[], facts: readonly Pick<Fact, 'id'>[]): Sentence[] {
  const known = new Set(facts.map(({ id }) => id))
  return sections
    .flatMap(({ sentences }) => sentences)
    .filter(({ from, facts: used }) => from !== 'person' && (used.length === 0 || used.some((id) => !known.has(id))))
}
