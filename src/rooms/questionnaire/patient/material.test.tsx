import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  answersAt,
  open,
  read,
  shownPlaces,
  textAt,
  type Questionnaire,
  type State,
} from '../../../clinical/questionnaire/index.ts'
import { fillIn } from '../../../clinical/questionnaire/scripted-user.ts'
import { language } from '../../../platform/web/language/language.ts'
import zh from '../locales/zh-CN.json' with { type: 'json' }
import { AnswerField } from '../staff/interview/answer-field.tsx'
import { QuestionField } from './question-field.tsx'

// What the pages ask of a browser while they are loaded; nothing here is drawn on a screen.
vi.hoisted(() => {
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }),
    localStorage: { getItem: () => 'zh-CN', setItem: () => {} },
    document: { documentElement: {} },
    location: { pathname: '/' },
    addEventListener: () => {},
  })
})

/** Questionnaires of other houses: each question drawn on the phone and at the desk, before and after it is answered. */
const material = process.env['PEIBAN_MATERIAL'] ?? ''
const folder = join(material, 'fhir')
const files = material === '' ? [] : readdirSync(folder).filter((name) => /^questionnaires-.*\.ndjson\.gz$/.test(name))
const questionnaires = files
  .flatMap((name) =>
    gunzipSync(readFileSync(join(folder, name)))
      .toString('utf8')
      .split('\n')
      .filter(Boolean),
  )
  .map((line) => JSON.parse(line) as Questionnaire & { _src: string })
  .filter(({ resourceType }) => resourceType === 'Questionnaire')

const known = { today: '2026-11-22', now: '2026-11-22T08:00:00Z' }
const counted = { questionnaires: 0, fields: 0, texts: 0, onlyInPerson: 0 }

beforeAll(() => language.start(async () => ({ questionnaire: zh, web: {} })))
afterAll(() => {
  if (counted.questionnaires > 0) console.log(`drawn: ${JSON.stringify(counted)}`)
})

type Place = State['places'][number]
const isQuestion = ({ item }: Place) => item.type !== 'group' && item.type !== 'display'
const none = () => {}

/** The field on the phone and the one at the desk. */
const drawn = (state: State, place: Place): [string, string] => [
  renderToStaticMarkup(createElement(QuestionField, { state, place, onAnswer: none })),
  renderToStaticMarkup(createElement(AnswerField, { state, place, labelledBy: 'q', onAnswer: none })),
]

const CONTROL = /<(?:input|textarea|select)\b/

describe.skipIf(files.length === 0)('questionnaires of other houses are drawn', () => {
  test.each(questionnaires.map((one) => [one._src, one] as const))('%s', (_src, source) => {
    const begun = open(read(source).form, { known })
    counted.questionnaires++
    for (const state of [begun, fillIn(begun, 0), fillIn(begun, 1)]) {
      for (const place of shownPlaces(state)) {
        expect(typeof textAt(state, place)).toBe('string')
        counted.texts++
        if (!isQuestion(place)) continue
        const [phone, desk] = drawn(state, place)
        counted.fields++
        const needsPerson = place.item.type === 'attachment' || place.item.type === 'reference'
        // A choice without options on file has nothing to choose from until its value set is brought.
        const isEmpty = !CONTROL.test(phone)
        if (needsPerson) counted.onlyInPerson++
        expect([place.key, needsPerson || !isEmpty || place.item.type === 'choice']).toEqual([place.key, true])
        expect([place.key, CONTROL.test(desk)]).toEqual([place.key, !isEmpty])
        if (answersAt(state, place.key).length > 0 && place.item.options.length > 0)
          expect([place.key, /checked|value="[^"]/.test(phone)]).toEqual([place.key, true])
      }
    }
  })
})
