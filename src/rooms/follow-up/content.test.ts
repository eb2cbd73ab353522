import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkPlain } from '../../clinical/plain-language/index.ts'
import { phrasesIn } from '../message/server/rules/template-check.ts'
import { shippedTemplates } from '../message/server/templates.ts'
import { questionsOf, type FormQuestion } from './contract/form.ts'
import type { ProtocolDefinition } from './contract/protocol.ts'
import type { Script, Step } from './contract/step.ts'
import { findForm } from './server/forms.ts'
import { protocolFault } from './server/protocol.ts'
import { pathwaysOfPacks, shippedProtocols } from './server/shipped.ts'

const all = [...shippedProtocols, ...pathwaysOfPacks.values()]
const filesOf = (folder: string) => {
  const files = globSync(join(import.meta.dirname, 'content', folder, '*.json'))
  return files.map((file) => [basename(file, '.json'), JSON.parse(readFileSync(file, 'utf8'))] as const)
}
const templates = new Set(shippedTemplates.map(({ code }) => code))
const isSpoken = ({ kind }: Step) => kind === 'visit' || kind === 'call' || kind === 'home-visit'
const said = ({ opening, say = [], ask = [], closing }: Script) =>
  [opening, ...say, ...ask, closing].filter((one) => one !== undefined)

/** What a person reads or hears of a pathway. */
function readBy({ forPatient, goals = [], phases = [], exits = [], steps }: ProtocolDefinition) {
  const shown = [
    forPatient,
    ...phases.map((p) => p.forPatient),
    ...exits.map((e) => e.forPatient),
    ...steps.map((s) => s.forPatient),
  ]
  return [
    ...shown.flatMap((one) => (one ? [one.title, one.text] : [])),
    ...(forPatient?.leave ? [forPatient.leave] : []),
    ...goals.flatMap((goal) => goal.forPatient ?? []),
    ...steps.flatMap(({ script }) => (script ? said(script) : [])),
  ].flatMap(({ zh, en }) => [zh, en])
}

test('every protocol and every form that lies there is known, under its own name', () => {
  expect(
    filesOf('protocols')
      .map(([name]) => name)
      .toSorted(),
  ).toEqual(all.map(({ code }) => code).toSorted())
  for (const [name, { code }] of [...filesOf('protocols'), ...filesOf('forms')]) expect(code).toBe(name)
  for (const [name] of filesOf('forms')) expect(findForm(name)?.code).toBe(name)
  const asked = new Set(all.flatMap(({ steps }) => steps.flatMap(({ form }) => form ?? [])))
  expect(
    filesOf('forms')
      .map(([name]) => name)
      .filter((name) => !asked.has(name)),
  ).toEqual(['kidney-visit'])
})

test('the pathways that S0-30, S0-45, S2-9 to S2-12 and the norms want are there', () => {
  const wanted = [
    'hypertension',
    'diabetes-2',
    'copd',
    'post-surgery',
    'discharge',
    'lung-nodule',
    'breast-nodule',
    'thyroid-nodule',
  ]
  wanted.push(
    'growth-care',
    'pregnancy',
    'postpartum',
    'elderly',
    'severe-mental',
    'oncology-after-treatment',
    'rehabilitation',
  )
  wanted.push('weekly-companion-call', 'check-up-loop', 'new-member', 'dormant')
  const there = all.map(({ code }) => code)
  expect(wanted.filter((code) => !there.includes(code))).toEqual([])
})

describe.each(all.map((one) => [one.code, one] as const))('the pathway %s', (_code, pathway) => {
  const { steps } = pathway

  test('says what it rests on, that nobody has reviewed it, and whose words it has', () => {
    expect(pathway.reviewer).toBeNull()
    expect(pathway.source.length).toBeGreaterThan(15)
    expect(pathway.licence).toContain('Apache-2.0')
    if (pathway.classing) expect(pathway.classing.source.length).toBeGreaterThan(5)
  })

  test('names only what there is: forms, items, options, templates', () => {
    expect(protocolFault(pathway)).toBeUndefined()
    for (const { code, form, message, branches } of steps) {
      if (message) expect(templates.has(message), `${code}: ${message}`).toBe(true)
      const questions = form ? questionsOf(findForm(form)!) : []
      for (const branch of branches) {
        if (!('item' in branch)) continue
        const question = questions.find(({ linkId }) => linkId === branch.item)
        expect(question, `${code}: ${branch.item}`).toBeDefined()
        if ('in' in branch)
          for (const option of branch.in) expect(optionsOf(question!), `${code}: ${branch.item}`).toContain(option)
      }
    }
    const asked = new Set(steps.map(({ code }) => code))
    const forms = new Set(steps.flatMap(({ form }) => form ?? []))
    if (!SHARED.has(pathway.code))
      for (const form of forms)
        for (const question of questionsOf(findForm(form)!))
          for (const step of question.steps ?? []) expect(asked, `${form}.${question.linkId}`).toContain(step)
  })

  test('each step says what it is for, what remains, by when, and what the person reads', () => {
    for (const step of steps) {
      expect(step.goal, step.code).toBeDefined()
      expect(step.deliverable, step.code).toBeDefined()
      expect(step.forPatient, step.code).toBeDefined()
      if (isSpoken(step)) expect(step.script?.ask?.length, step.code).toBeGreaterThan(0)
      if (isSpoken(step) || step.kind === 'task') expect(step.targetTime, step.code).toBeDefined()
      if (isSpoken(step) && step.rank === 0 && step.track !== 'visit') expect(step.escalation, step.code).not.toBeNull()
    }
    expect(pathway.forPatient?.leave).toBeDefined()
  })

  test('what people read and hear is plain, promises nothing, and hurries nobody', () => {
    const texts = readBy(pathway)
    expect(texts.length).toBeGreaterThan(4)
    expect(texts.flatMap((text) => [...checkPlain(text), ...phrasesIn(text)])).toEqual([])
  })

  test('whoever may find something unusual knows what then happens', () => {
    if (pathway.classing?.kind !== 'survey') return
    for (const { form } of steps.filter(isSpoken)) {
      if (!form) continue
      const signs = questionsOf(findForm(form)!).find(({ linkId }) => linkId === 'emergency-signs')
      expect(signs).toMatchObject({ type: 'choice', repeats: true, required: true })
      expect(optionsOf(signs!)).toContain('none')
    }
  })
})

/** Forms that several pathways share: `steps` of their questions are those of any of them. */
const SHARED = new Set(['hypertension', 'diabetes-2'])

function optionsOf(question: FormQuestion): string[] {
  return question.type === 'choice' ? question.options.map(({ code }) => code) : []
}

describe('what some of them must never do', () => {
  const of = (code: string) => all.find((one) => one.code === code)!

  test('R2 what tells of the mind takes nobody in by a rule', () => {
    for (const code of ['severe-mental', 'weekly-companion-call'])
      expect(of(code)).toMatchObject({ sensitivity: 'mental', entry: { hand: true } })
  })

  test('R15 the growth programme speaks to guardians, ends at 14, and foretells no height', () => {
    const growth = of('growth-care')
    expect(growth.exits).toMatchObject([{ when: { condition: { age: { op: '>=', years: 14 } } } }])
    for (const { script } of growth.steps) expect(script!.opening!.zh).toContain('爸爸或妈妈')
    expect(JSON.stringify(questionsOf(findForm('growth-visit')!).map(({ linkId }) => linkId))).not.toMatch(
      /predict|target/,
    )
  })

  test('a nodule is looked at again on the day of its card: no pathway and no form sets another', () => {
    for (const code of ['lung-nodule', 'breast-nodule', 'thyroid-nodule']) {
      const { steps, source } = of(code)
      expect(source).toContain('本路径不定间隔')
      expect(steps.every(({ kind }) => kind === 'call' || kind === 'visit')).toBe(true)
      expect(steps.some(({ recurrence }) => recurrence)).toBe(false)
    }
  })

  test('whoever has not come for a year gets one word, and is left alone', () => {
    expect(of('dormant').steps).toMatchObject([{ kind: 'message', next: null, message: 'thinking-of-you' }])
    expect(of('dormant').entry).toMatchObject({ leaves: true, again: { months: 12 } })
  })

  test('S0-45 the doctor calls every week, and after eight weeks both agree on how to go on', () => {
    const [call, review] = of('weekly-companion-call').steps
    expect(call).toMatchObject({
      owner: 'doctor',
      after: { days: 7 },
      next: 'call',
      recurrence: { times: 8, then: 'review' },
    })
    expect(review!.branches).toContainEqual({ item: 'agreed', in: ['end'], next: null })
  })

  test('what rests on no text that was seen says so', () => {
    for (const code of ['copd', 'oncology-after-treatment']) expect(of(code).name.zh).toContain('模板')
    expect(of('copd').source).toContain('没有找到')
    expect(findForm('copd-visit')!.source).toContain('没有找到')
  })

  test('the norms’ days: weeks of pregnancy, a week and 42 days after birth, four visits a year', () => {
    const windows = of('pregnancy')
      .steps.filter(({ first }) => first)
      .map(({ first, window }) => weeksOf(first!.days!, window))
    expect(windows).toEqual([
      [8, 12],
      [16, 20],
      [21, 24],
      [28, 36],
      [37, 40],
    ])
    expect(
      of('postpartum')
        .steps.filter(({ first }) => first)
        .map(({ first }) => first),
    ).toEqual([{ days: 7 }, { days: 42 }])
    for (const code of ['hypertension', 'diabetes-2', 'severe-mental'])
      expect(of(code).quotas).toContainEqual({ way: 'face-to-face', perYear: 4, track: 'visit' })
  })
})

/** First and last completed week of a window around a day counted from the last period. */
function weeksOf(day: number, { before, after }: Step['window']): [number, number] {
  const margin = (one: Step['window']['before']) => ('days' in one ? one.days : 0)
  return [Math.floor((day - margin(before)) / 7), Math.floor((day + margin(after)) / 7)]
}
