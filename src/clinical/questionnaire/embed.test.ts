import { expect, test } from 'vitest'
import { embedValueSets } from './embed.ts'
import type { Questionnaire } from './fhir.ts'
import { read } from './read.ts'
import type { ValueSet } from './value-set.ts'

const choice = (linkId: string, answerValueSet: string) => ({ linkId, type: 'choice', answerValueSet })
const source: Questionnaire = {
  resourceType: 'Questionnaire',
  contained: [{ resourceType: 'ValueSet', id: 'value-set-1', expansion: { contains: [{ code: 'in' }] } }],
  item: [
    choice('inside', '#value-set-1'),
    { linkId: 'g', type: 'group', item: [choice('a', 'http://yes-no|2.0'), choice('b', 'http://yes-no|2.0')] },
    choice('open', 'http://all-of-snomed'),
    choice('unknown', 'http://nobody-has-it'),
  ],
}
const sets: ValueSet[] = [
  {
    resourceType: 'ValueSet',
    url: 'http://yes-no',
    compose: {
      include: [
        {
          system: 's',
          concept: [
            { code: 'y', display: '是' },
            { code: 'n', display: '否' },
          ],
        },
      ],
    },
  },
  {
    resourceType: 'ValueSet',
    url: 'http://all-of-snomed',
    compose: { include: [{ system: 'http://snomed.info/sct' }] },
  },
]

test('a set is embedded once, under a name that is free', () => {
  const made = embedValueSets(source, sets)
  expect(made.contained).toHaveLength(2)
  const { form, toEmbed } = read(made)
  expect(form.byLinkId.get('b')!.options.map((one) => [one.value, one.text.text])).toEqual([
    [{ system: 's', code: 'y', display: '是' }, '是'],
    [{ system: 's', code: 'n', display: '否' }, '否'],
  ])
  expect(form.byLinkId.get('inside')!.options.map((one) => one.value)).toEqual([{ code: 'in' }])
  expect(toEmbed.map((one) => one.linkId)).toEqual(['open', 'unknown'])
  expect(source.contained).toHaveLength(1)
})

test('with nothing to embed it is the same', () => expect(embedValueSets(source, [])).toBe(source))
