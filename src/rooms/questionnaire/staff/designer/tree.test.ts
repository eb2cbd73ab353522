import { describe, expect, test } from 'vitest'
import type { Questionnaire, QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { shippedQuestionnaires } from '../../../../clinical/questionnaire/content/index.ts'
import { changeItem, findItem, freeLinkId, linkIdsOf } from './draft.ts'
import { duplicateItem, insertItem, moveItem, removeItem, stepItem, type Step, type Where } from './tree.ts'

const question = (linkId: string): QuestionnaireItem => ({ linkId, type: 'boolean', text: linkId })
const group = (linkId: string, ...item: QuestionnaireItem[]): QuestionnaireItem => ({
  linkId,
  type: 'group',
  text: linkId,
  item,
})
const form: Questionnaire = {
  resourceType: 'Questionnaire',
  item: [question('a'), group('g', question('b'), question('c'), group('h')), question('d')],
}
/** a g(b c h()) d */
const drawn = (items: readonly QuestionnaireItem[] = []): string =>
  items.map((one) => (one.item ? `${one.linkId}(${drawn(one.item)})` : one.linkId)).join(' ')

describe('moving', () => {
  test.each<[string, Where, string]>([
    ['d', { before: 'a' }, 'd a g(b c h())'],
    ['a', { after: 'd' }, 'g(b c h()) d a'],
    ['a', { into: 'g' }, 'g(b c h() a) d'],
    ['a', { into: 'h' }, 'g(b c h(a)) d'],
    ['b', 'end', 'a g(c h()) d b'],
    ['b', { after: 'g' }, 'a g(c h()) b d'],
    ['h', { before: 'b' }, 'a g(h() b c) d'],
    ['g', { before: 'a' }, 'g(b c h()) a d'],
  ])('%s to %j', (linkId, where, expected) => expect(drawn(moveItem(form, linkId, where).item)).toBe(expected))

  test.each<[string, string, Where]>([
    ['into itself', 'g', { into: 'g' }],
    ['into a part of itself', 'g', { into: 'h' }],
    ['beside a part of itself', 'g', { after: 'b' }],
    ['into a question', 'a', { into: 'd' }],
    ['where it stands', 'a', { before: 'g' }],
    ['what is not there', 'x', 'end'],
  ])('%s changes nothing', (_name, linkId, where) => expect(moveItem(form, linkId, where)).toBe(form))
})

describe('steps of the keyboard', () => {
  test.each<[string, Step, string]>([
    ['d', 'up', 'a d g(b c h())'],
    ['a', 'down', 'g(b c h()) a d'],
    ['c', 'up', 'a g(c b h()) d'],
    ['d', 'in', 'a g(b c h() d)'],
    ['b', 'out', 'a g(c h()) b d'],
    ['h', 'out', 'a g(b c) h() d'],
  ])('%s %s', (linkId, step, expected) => expect(drawn(stepItem(form, linkId, step).item)).toBe(expected))

  test.each<[string, Step]>([
    ['a', 'up'],
    ['d', 'down'],
    ['b', 'up'],
    ['g', 'in'],
    ['c', 'in'],
    ['a', 'out'],
  ])('%s cannot go %s', (linkId, step) => expect(stepItem(form, linkId, step)).toBe(form))

  test('down and up again is as before, for every item of the shipped ones', () => {
    for (const shipped of shippedQuestionnaires)
      for (const { linkId } of shipped.item!.slice(0, -1))
        expect(stepItem(stepItem(shipped, linkId, 'down'), linkId, 'up')).toEqual(shipped)
  })
})

test('inserting and removing', () => {
  expect(drawn(insertItem(form, question('n'), { after: 'b' }).item)).toBe('a g(b n c h()) d')
  expect(drawn(removeItem(form, 'g').item)).toBe('a d')
  expect(drawn(removeItem(form, 'c').item)).toBe('a g(b h()) d')
})

test('a change leaves what it does not touch the same object, so that only one row is drawn again', () => {
  const next = changeItem(form, 'b', (item) => ({ ...item, text: '新' }))
  expect(findItem(next, 'b')!.text).toBe('新')
  expect(next.item![0]).toBe(form.item![0])
  expect(next.item![1]!.item![1]).toBe(form.item![1]!.item![1])
  expect(changeItem(form, 'x', (item) => item)).toBe(form)
})

test('a copy has ids of its own, and its conditions speak of the copy', () => {
  const source: Questionnaire = {
    ...form,
    item: [
      group('g', question('b'), {
        ...question('c'),
        enableWhen: [
          { question: 'b', operator: '=', answerBoolean: true },
          { question: 'a', operator: '=', answerBoolean: true },
        ],
      }),
      question('a'),
    ],
  }
  const { definition, linkId } = duplicateItem(source, 'g')
  expect(drawn(definition.item)).toBe('g(b c) q1(q2 q3) a')
  expect(linkId).toBe('q1')
  expect(findItem(definition, 'q3')!.enableWhen!.map((one) => one.question)).toEqual(['q2', 'a'])
  expect(linkIdsOf(definition).size).toBe(7)
})

test('a free id is the lowest', () => expect(freeLinkId(['q1', 'q3'])).toBe('q2'))
