import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import { pointsAt } from '../step.ts'
import card from './model.json' with { type: 'json' }

const { table } = card

/** The form prints `25–30` and `>30`: the upper limit still belongs to the middle. */
function pointsOf(steps: { from: number[]; above: number[] }, value: number): number {
  if (value > steps.above[0]!) return steps.above[1]!
  return value >= steps.from[0]! ? steps.from[1]! : 0
}

export const findrisc: Instrument = {
  card: card as InstrumentCard,
  forms: [
    form({
      code: 'score',
      inputs: {
        /** Completed years. */
        age: { kind: 'number', unit: 'a', min: 18, max: 110, integer: true, zh: '年龄', en: 'age' },
        sex: { kind: 'choice', of: ['female', 'male'], zh: '性别', en: 'sex' },
        bmi: {
          kind: 'number',
          unit: 'kg/m2',
          min: 10,
          max: 80,
          zh: '体质指数',
          en: 'body mass index',
          indicator: 'bmi',
          movable: true,
        },
        waistCm: {
          kind: 'number',
          unit: 'cm',
          min: 40,
          max: 200,
          zh: '腰围',
          en: 'waist',
          indicator: 'waist',
          movable: true,
        },
        activity30minDaily: {
          kind: 'yes-no',
          zh: '每天至少活动 30 分钟',
          en: 'at least 30 minutes of activity a day',
          movable: true,
        },
        vegFruitDaily: {
          kind: 'yes-no',
          zh: '每天吃蔬菜、水果或浆果',
          en: 'vegetables, fruit or berries every day',
          movable: true,
        },
        bpMedicationEver: { kind: 'yes-no', zh: '曾经常服降压药', en: 'ever took blood pressure medicine regularly' },
        highGlucoseEver: { kind: 'yes-no', zh: '曾查出血糖偏高', en: 'ever found to have high glucose' },
        family: {
          kind: 'choice',
          of: ['none', 'second', 'first'],
          zh: '家人有糖尿病（second：祖辈、叔伯姑舅姨、堂表亲；first：父母、兄弟姐妹、子女）',
          en: 'family with diabetes (second: grandparent, aunt, uncle, cousin; first: parent, sibling, child)',
        },
      },
      compute(input) {
        const score =
          pointsAt(table.age, input.age) +
          pointsOf(table.bmi, input.bmi) +
          pointsOf(table.waist[input.sex], input.waistCm) +
          (input.activity30minDaily ? 0 : table.inactive) +
          (input.vegFruitDaily ? 0 : table.noVegFruitDaily) +
          (input.bpMedicationEver ? table.bpMedicationEver : 0) +
          (input.highGlucoseEver ? table.highGlucoseEver : 0) +
          table.family[input.family]
        const band = table.band.findLast(([, from]) => score >= (from as number))![0] as string
        return { output: { score, band }, band, value: score, caveats: ['european'] }
      },
    }),
  ],
}
