import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkPlain } from '../src/clinical/plain-language/index.ts'

const ROOT = resolve(import.meta.dirname, '..')
const json = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'))

interface Text {
  where: string
  text: string
}

/** Both languages of `{ zh, en }`, wherever they stand below. */
function wordsBelow(value: unknown, where: string): Text[] {
  if (typeof value !== 'object' || value === null) return []
  const { zh, en } = value as { zh?: unknown; en?: unknown }
  if (typeof zh === 'string' && typeof en === 'string')
    return [
      { where: `${where} zh`, text: zh },
      { where: `${where} en`, text: en },
    ]
  return Object.entries(value).flatMap(([name, part]) => wordsBelow(part, `${where}.${name}`))
}

interface Template {
  code: string
  zh: { subject: string; text: string }
  en: { subject: string; text: string }
}

/** Letters as they are read: a variable is a short word, a condition is nothing. */
function letters(): Text[] {
  const { templates } = json('src/rooms/message/content/templates.json') as { templates: Template[] }
  return templates.flatMap(({ code, ...both }) =>
    (['zh', 'en'] as const).flatMap((language) =>
      Object.values(both[language]).map((text) => ({
        where: `letter ${code} ${language}`,
        text: text.replaceAll(/\{%.*?%\}/gs, '').replaceAll(/\{\{.*?\}\}/gs, language === 'zh' ? '某' : 'X'),
      })),
    ),
  )
}

function instruments(): Text[] {
  return globSync('src/clinical/instrument/*/*/model.json', { cwd: ROOT }).flatMap((file) => {
    const { code, about, bands, sentences } = json(file)
    return wordsBelow({ about, bands, sentences }, `instrument ${code}`)
  })
}

function surveys(): Text[] {
  const form = json('src/rooms/follow-up/content/forms/post-surgery-survey.json')
  return wordsBelow(form, 'survey after surgery')
}

function tags(): Text[] {
  const { tags: all } = json('src/rooms/tag/content/shipped-tags.json') as {
    tags: { code: string; explanation: { zh: string; en: string } }[]
  }
  return all.flatMap(({ code, explanation }) => wordsBelow(explanation, `tag ${code}`))
}

function meanings(): Text[] {
  const { indicators } = json('src/clinical/indicator/dictionary.json') as {
    indicators: { code: string; meaningZh: string; meaningEn: string }[]
  }
  return indicators.flatMap(({ code, meaningZh: zh, meaningEn: en }) => wordsBelow({ zh, en }, `indicator ${code}`))
}

/** What a marked result means, on paper and on the phone. */
function explanations(): Text[] {
  const { groups, otherwise, sentences } = json('src/rooms/health-report/content/explanations.json')
  return wordsBelow({ groups, otherwise, sentences: withoutValues(sentences) }, 'explanation')
}

function withoutValues(words: unknown): unknown {
  return JSON.parse(JSON.stringify(words).replaceAll(/\{\{\w+\}\}/g, '8'))
}

/** The printed report: its fixed sentences. */
function report(): Text[] {
  return ['zh-CN', 'en'].flatMap((locale) =>
    stringsBelow(json(`src/rooms/health-report/content/report-2/words.${locale}.json`), `report ${locale}`),
  )
}

/** What stands on the patients' own pages: the group `my` of every room. */
function ownPages(): Text[] {
  return globSync('src/rooms/*/locales/*.json', { cwd: ROOT }).flatMap((file) =>
    stringsBelow(
      JSON.parse(JSON.stringify(json(file).my ?? {}).replaceAll(/\{\{\w+\}\}/g, '8')),
      file.replace(/^src\/rooms\/(.*)\/locales\/(.*)\.json$/, '$1 $2 my'),
    ),
  )
}

/** What a plan from a template says to the person; `source` and `cautions` are for whoever drafts. */
function planTemplates(): Text[] {
  return globSync('src/rooms/care-plan/content/templates/*.json', { cwd: ROOT }).flatMap((file) => {
    const { code, definition } = json(file) as { code: string; definition: Record<string, unknown> }
    const { title, goals, actions, steps } = definition
    return wordsBelow({ title, goals, actions, steps }, `plan ${code}`)
  })
}

/** What a stage summary is drafted with: values are short words. */
function stageWords(): Text[] {
  const { sentences } = json('src/rooms/stage-summary/content/sentences.json') as { sentences: unknown }
  return wordsBelow(sentences, 'stage summary').map(({ where, text }) => ({ where, text: text.replaceAll(/\{\w+\}/g, '8') }))
}

function stringsBelow(value: unknown, where: string): Text[] {
  if (typeof value === 'string') return [{ where, text: value.replaceAll(/\{\w+\}/g, '8') }]
  return Object.entries(value ?? {}).flatMap(([name, part]) => stringsBelow(part, `${where}.${name}`))
}

/** Cards about nodules; what stands under `talking` is said to the staff. */
function nodules(): Text[] {
  const { cards } = json('src/rooms/nodule/content/education.json') as {
    cards: { code: string; definition: { talking: unknown } }[]
  }
  return cards.flatMap(({ code, definition: { talking: _staff, ...read } }) => wordsBelow(read, `nodule card ${code}`))
}

function adviceCards(): Text[] {
  return globSync('src/rooms/advice/content/cards/*.json', { cwd: ROOT }).flatMap((file) =>
    (json(file) as { cards: { code: string }[] }).cards.flatMap((card) => wordsBelow(card, `advice ${card.code}`)),
  )
}

/** Cards of pictures: what is read below a picture, what is heard in its place, and what is said first. */
function mediaCards(): Text[] {
  return globSync('src/rooms/media/content/cards/*.json', { cwd: ROOT }).flatMap((file) =>
    (json(file) as { cards: { code: string }[] }).cards.flatMap((card) => wordsBelow(card, `media ${card.code}`)),
  )
}

/** Words within the drawings themselves. */
function drawings(): Text[] {
  return globSync('src/rooms/media/content/pictures/*.svg', { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => ({ where: file, text: text! })),
  )
}

/** Forms before a visit are in our own words; the wording of a scale is its author's and stays as it is. */
function intakes(): Text[] {
  return globSync('src/clinical/questionnaire/content/{intake-*,findrisc,china-diabetes-risk-score,post-surgery-recovery,visit-satisfaction}.json', { cwd: ROOT }).flatMap((file) => {
    const form = json(file) as { name: string; item: Asked[]; title: string; description: string }
    const read = (one: Asked) => [one.text, one._text, ...(one.answerOption ?? []).flatMap(({ valueCoding: o }) => [o.display, o._display])]
    const texts = [form.title, form.description, ...form.item.flatMap(read)]
    return texts.flatMap((text) => {
      const said = typeof text === 'string' ? text : text?.extension[0]!.extension[1]!.valueString
      return said ? [{ where: `intake ${form.name}`, text: said }] : []
    })
  })
}

/** What pathways show to the person, and what is said to them; goals, deliverables and what not to say are for staff. */
function pathways(): Text[] {
  return globSync('src/rooms/follow-up/content/protocols/*.json', { cwd: ROOT }).flatMap((file) => {
    const { code, ...pathway } = json(file) as Record<string, unknown> & { code: string }
    return wordsBelow(readParts(pathway), `pathway ${code}`)
  })
}

const READ = ['forPatient', 'opening', 'say', 'ask', 'closing']

/** The parts under these names, wherever they stand. */
function readParts(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => (READ.includes(name) ? [part] : readParts(part)))
}

/** What packs bring of their own that a patient may read; forms and protocols are read by staff. */
function specialtyPacks(): Text[] {
  return globSync('src/rooms/specialty-pack/content/packs/*.json', { cwd: ROOT }).flatMap((file) => {
    const { code, parts } = json(file) as { code: string; parts: { kind: string; definition?: Record<string, unknown> }[] }
    const read = parts.flatMap(({ kind, definition: d }) => {
      if (kind === 'tag') return [d?.['explanation']]
      if (kind === 'advice-card') return [d]
      return kind === 'plan-template' && d ? [{ title: d['title'], goals: d['goals'], actions: d['actions'], steps: d['steps'] }] : []
    })
    return wordsBelow(read, `pack ${code}`)
  })
}

/** What people are told before a call is recorded. */
function consentLine(): Text[] {
  const { line } = json('src/rooms/recording/content/consent-line.json')
  return wordsBelow(withoutValues(line), 'consent line')
}

interface Asked {
  text: string
  _text: Translated
  answerOption?: { valueCoding: { display: string; _display: Translated } }[]
}

interface Translated {
  extension: { extension: { valueString?: string }[] }[]
}

/** What guardians agree to, and what the families of the growth programme see planned. */
function growthProgramme(): Text[] {
  const { consent, items, modules } = json('src/rooms/growth/content/programme.json')
  return wordsBelow({ consent, items, modules }, 'growth programme')
}

/** Every text of ours that a patient may come to read. A room that adds one adds its collector here. */
const SOURCES: Record<string, () => Text[]> = { pathways, specialtyPacks, intakes, growthProgramme, nodules, letters, instruments, surveys, tags, meanings, report, explanations, ownPages, planTemplates, adviceCards, stageWords, mediaCards, drawings, consentLine }

describe('every text for patients is plain', () => {
  test.each(Object.entries(SOURCES))('%s', (_name, collect) => {
    const findings = collect().flatMap(({ where, text }) =>
      checkPlain(text).map((one) => `${where}: ${one.kind} 「${one.text}」${one.instead ? ` → ${one.instead}` : ''}`),
    )
    expect(findings).toEqual([])
  })

  test('the collectors find what there is, and a text written to fail fails', () => {
    expect(letters().length).toBeGreaterThanOrEqual(40)
    expect(instruments().length).toBeGreaterThan(5)
    expect(surveys().length).toBeGreaterThan(20)
    expect(tags().length).toBeGreaterThan(20)
    expect(report().length).toBeGreaterThan(100)
    expect(intakes().length).toBeGreaterThan(150)
    expect(adviceCards().length).toBeGreaterThan(500)
    expect(specialtyPacks().length).toBeGreaterThan(60)
    expect(pathways().length).toBeGreaterThan(600)
    expect(mediaCards().length).toBeGreaterThan(250)
    expect(drawings().length).toBeGreaterThan(200)
    expect(meanings().length).toBeGreaterThan(100)
    expect(explanations().length).toBeGreaterThan(100)
    expect(ownPages().length).toBeGreaterThan(60)
    const [wanting] = wordsBelow({ a: { zh: '您患有高血压，预后不良！', en: 'You have hypertension' } }, 'x')
    expect(checkPlain(wanting!.text).map((one) => one.kind)).toEqual(['jargon', 'diagnosis', 'shouting'])
  })
})
