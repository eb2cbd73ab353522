import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { acrTirads } from './acr-tirads.ts'
import card from './model.json' with { type: 'json' }

const plain = { composition: 'solid', echogenicity: 'hyperechoic', shape: 'wider', margin: 'smooth', foci: ['none'] }
const out = (input: object) => answer(acrTirads, { ...plain, ...input }).output

test.each([
  [0, { composition: 'cystic', echogenicity: 'anechoic' }, 'TR1'],
  [1, { composition: 'mixed', echogenicity: 'anechoic' }, 'TR2'],
  [2, { composition: 'mixed' }, 'TR2'],
  [3, {}, 'TR3'],
  [4, { echogenicity: 'hypoechoic' }, 'TR4'],
  [6, { foci: ['punctate'] }, 'TR4'],
  [7, { echogenicity: 'hypoechoic', foci: ['punctate'] }, 'TR5'],
])('%i points: %j is %s', (points, input, level) => expect(out(input)).toMatchObject({ points, level }))

test('foci add up; 9 is not 10', () => {
  expect(out({ foci: ['macro', 'peripheral', 'punctate'] }).points).toBe(9)
})

test('a spongiform nodule takes no further points', () => {
  expect(out({ composition: 'spongiform', margin: 'ete', foci: ['punctate'] })).toMatchObject({
    points: 0,
    level: 'TR1',
  })
})

test.each([
  [{}, 1.49, 'No FNA recommended (<1.5 cm)'],
  [{}, 1.5, 'Follow recommended; FNA optional'],
  [{}, 2.49, 'Follow recommended; FNA optional'],
  [{}, 2.5, 'FNA recommended (>=2.5 cm)'],
  [{ echogenicity: 'hypoechoic' }, 0.99, 'No FNA recommended (<1.0 cm)'],
  [{ echogenicity: 'hypoechoic' }, 1, 'Follow recommended; FNA optional'],
  [{ echogenicity: 'hypoechoic' }, 1.5, 'FNA recommended (>=1.5 cm)'],
  [{ shape: 'taller', foci: ['macro'] }, 0.49, 'No FNA recommended (<0.5 cm)'],
  [{ shape: 'taller', foci: ['macro'] }, 0.5, 'Follow recommended; FNA optional'],
  [{ shape: 'taller', foci: ['macro'] }, 1, 'FNA recommended (>=1.0 cm)'],
])('%j of %f cm: %s', (input, sizeCm, advice) => expect(out({ ...input, sizeCm }).advice).toBe(advice))

test('every single finding that is added never lowers the points', () => {
  const { composition: _spongiform, ...features } = card.points
  for (const [name, table] of Object.entries(features))
    for (const [code, points] of Object.entries(table))
      expect(out({ [name]: name === 'foci' ? [code] : code }).points).toBe(
        (out({}).points as number) + points - (name === 'echogenicity' ? 1 : 0),
      )
})

test('without the size there is a level and no advice', () => {
  expect(answer(acrTirads, plain)).toMatchObject({ output: { level: 'TR3', advice: null }, band: 'TR3' })
  expect(answer(acrTirads, plain).caveats).toContain('size-needed')
})

test('the system stands beside the level', () => expect(out({}).system).toBe('ACR TI-RADS 2017'))

test.each([
  [{ foci: [] }, 'not-offered'],
  [{ foci: ['macro', 'macro'] }, 'not-offered'],
  [{ foci: 'macro' }, 'not-a-list'],
  [{ margin: 'wavy' }, 'not-offered'],
])('%j is refused: %s', (input, reason) => {
  expect(evaluate(acrTirads, { ...plain, ...input }).refused?.invalid[0]).toMatchObject({ reason })
})

test('none beside others is refused', () => {
  expect(evaluate(acrTirads, { ...plain, foci: ['none', 'macro'] }).refused?.notApplicable).toBe('none-with-others')
})
