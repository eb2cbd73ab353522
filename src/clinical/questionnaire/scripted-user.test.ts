import { expect, test } from 'vitest'
import { shippedQuestionnaires } from './content/index.ts'
import { read, score } from './index.ts'
import { fillIn } from './scripted-user.ts'
import { open, progress, toResponse, validate } from './state/index.ts'

test.each(shippedQuestionnaires.map((one) => [one.name!, one] as const))(
  '%s is filled in and scored, twice',
  (_name, source) => {
    const { form } = read(source)
    const begun = open(form, { known: { today: '2026-11-22' } })
    const [first, second] = ([0, 1] as const).map((round) => fillIn(begun, round))
    for (const state of [first!, second!]) {
      expect(progress(state).missing).toEqual([])
      expect(validate(state).filter(({ severity }) => severity === 'error')).toEqual([])
      for (const { value, refused, missing } of score(form, toResponse(state)).scores)
        expect([value !== undefined || refused !== undefined, missing]).toEqual([true, []])
    }
    expect(toResponse(second!)).not.toEqual(toResponse(first!))
  },
)
