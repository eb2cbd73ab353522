import { describe, expect, test } from 'vitest'
import type { FieldForm } from '../../condition/contract.ts'
import { firstValue, firstValues, furtherFields, missingIn, shownFields, withField } from './test-form.ts'

const name = { zh: '', en: '' }
const field = (key: string, type: FieldForm['type'], more: Partial<FieldForm> = {}): FieldForm => ({
  key,
  type,
  name,
  isOptional: false,
  initial: null,
  options: [],
  isListed: false,
  of: [],
  isFree: false,
  min: null,
  max: null,
  isWhole: false,
  unit: null,
  fields: [],
  when: null,
  ...more,
})
const options = (...values: string[]) => values.map((value) => ({ value, name, isBarred: false }))

const pick = field('pick', 'choice', { options: options('newest', 'count') })
const atLeast = field('atLeast', 'number', { isOptional: true, when: { field: 'pick', is: ['count'] } })
const within = field('within', 'span', { isOptional: true })
const indicator = [field('code', 'pick', { isListed: true }), pick, field('is', 'limit'), within, atLeast]
const keys = (fields: readonly FieldForm[]) => fields.map(({ key }) => key)

describe('what a question begins with', () => {
  const table: [FieldForm, unknown][] = [
    [field('op', 'choice', { options: options('<', '>=') }), '>='],
    [field('role', 'choice', { options: [{ value: 'a', name, isBarred: true }, ...options('b')] }), 'b'],
    [field('codes', 'picks'), []],
    [field('code', 'pick'), ''],
    [field('years', 'number'), null],
    [field('atLeast', 'number', { initial: 1 }), 1],
    [field('sameDay', 'flag', { initial: false }), false],
    [field('now', 'flag', { isOptional: true }), true],
    [field('by', 'measure'), { op: '>=', value: null }],
    [field('within', 'span'), { months: 6 }],
    [field('since', 'group', { fields: [field('span', 'span')] }), { span: { months: 6 } }],
    [field('or', 'list', { fields: [field('code', 'pick')] }), [{ code: '' }]],
  ]
  test.each(table)('%o', (one, expected) => expect(firstValue(one)).toEqual(expected))

  test('optional fields are not said', () => expect(Object.keys(firstValues(indicator))).toEqual(['code', 'pick', 'is']))
})

describe('fields', () => {
  test('are shown when they must be said or are, and offered when they could be', () => {
    const values = { code: 'sbp', pick: 'newest', is: { op: '>=', value: 1 } }
    expect(keys(shownFields(indicator, values))).toEqual(['code', 'pick', 'is'])
    expect(keys(furtherFields(indicator, values))).toEqual(['within'])
    expect(keys(furtherFields(indicator, { ...values, pick: 'count' }))).toEqual(['within', 'atLeast'])
  })

  test('the number of times comes and goes with counting', () => {
    const counted = withField(indicator, { code: 'sbp', pick: 'newest' }, 'pick', 'count')
    expect(counted).toEqual({ code: 'sbp', pick: 'count', atLeast: 2 })
    expect(withField(indicator, counted, 'pick', 'newest')).toEqual({ code: 'sbp', pick: 'newest' })
  })

  test('bands of another questionnaire are forgotten', () => {
    const fields = [field('questionnaire', 'pick', { isListed: true }), field('bands', 'picks', { isOptional: true, isListed: true, of: ['questionnaire'] })]
    expect(withField(fields, { questionnaire: 'a', bands: ['x'] }, 'questionnaire', 'b')).toEqual({ questionnaire: 'b', bands: [] })
    expect(withField(fields, { questionnaire: 'a', bands: ['x'] }, 'questionnaire', 'a')).toEqual({ questionnaire: 'a', bands: ['x'] })
  })

  test('one that is taken away is not there', () => expect(withField(indicator, { code: 'sbp', within: { months: 6 } }, 'within', undefined)).toEqual({ code: 'sbp' }))
})

describe('what is lacking', () => {
  const lacking = (fields: FieldForm[], test: unknown, needs: string[][] = []) => missingIn({ fields, needs }, test)
  test('is told by its path', () => {
    expect(lacking(indicator, { code: '', pick: 'newest', is: { op: '>=', value: null } })).toEqual(['code', 'is'])
    expect(lacking(indicator, { code: 'sbp', pick: 'newest', is: { op: '>=', value: 140 } })).toEqual([])
    expect(lacking(indicator, { code: 'sbp', pick: 'newest', is: { from: 1, below: null } })).toEqual(['is'])
    expect(lacking(indicator, { code: 'sbp', pick: 'newest', is: { flagged: [] } })).toEqual(['is'])
    expect(lacking(indicator, { code: 'sbp', pick: 'newest', is: { flagged: ['H'] }, within: { months: null } })).toEqual(['within'])
  })

  test('also within groups and lists', () => {
    const since = field('since', 'group', { fields: [field('span', 'span')] })
    const or = field('or', 'list', { fields: [field('code', 'pick')] })
    expect(lacking([since, or], { since: { span: {} }, or: [{ code: 'a' }, { code: '' }] })).toEqual(['since.span', 'or.1.code'])
  })

  test('one of several is wanted', () => {
    const fields = [field('bands', 'choices', { isOptional: true }), field('value', 'measure', { isOptional: true })]
    expect(lacking(fields, {}, [['bands', 'value']])).toEqual(['bands'])
    expect(lacking(fields, { value: { op: '<', value: 3 } }, [['bands', 'value']])).toEqual([])
    expect(lacking(fields, { bands: [] }, [['bands', 'value']])).toEqual(['bands'])
  })

  test('a test that is one value is looked at itself', () => {
    const sex = [field('', 'choice', { options: options('male', 'female') })]
    expect(lacking(sex, 'male')).toEqual([])
    expect(lacking(sex, 'moon')).toEqual([''])
    expect(lacking([], true)).toEqual([])
  })
})
