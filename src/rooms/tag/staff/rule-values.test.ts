import { expect, test } from 'vitest'
import shipped from '../content/shipped-tags.json' with { type: 'json' }
import { tagDefinition } from '../contract/rule.ts'
import { definitionOf, valuesOf, type RuleValues } from './rule-values.ts'

const tags = shipped.tags.map((tag) => tagDefinition.parse(tag))
const groups = new Map(tags.map(({ group }) => [group.code, group]))

test.each(tags.map((tag) => [tag.code, tag] as const))(
  '%s saved unchanged is the same rule, to be reviewed anew',
  (_code, tag) => {
    expect(definitionOf(valuesOf(tag) as RuleValues, tag, groups)).toEqual({ ...tag, reviewer: null })
  },
)

test('a new tag by hand has no condition, whatever was begun in the builder', () => {
  const values = {
    ...valuesOf(undefined),
    code: 'low-potassium',
    nameZh: '低钾',
    nameEn: 'Low potassium',
    group: tags[0]!.group.code,
    explanationZh: '血钾偏低。',
    explanationEn: 'Low.',
    source: '本院',
    auto: false,
  } as RuleValues
  const made = definitionOf(values, undefined, groups)
  expect(made).toMatchObject({ code: 'low-potassium', condition: null, then: [], rank: 0, group: tags[0]!.group })
  expect(tagDefinition.safeParse(made).success).toBe(true)
})
