import { form, type Instrument, type InstrumentCard } from '../../core/instrument.ts'
import type { Scoring } from '../scoring.ts'
import { sumForm } from '../sum-scale.ts'
import model from './model.json' with { type: 'json' }

/** GOLD asks for either: the eight CAT items, or the one grade of breathlessness. */
export const mmrcCat: Instrument = {
  card: model as InstrumentCard,
  forms: [
    sumForm('cat', model.scoring as Scoring),
    form({
      code: 'mmrc',
      inputs: {
        grade: { kind: 'number', min: 0, max: 4, integer: true, zh: 'mMRC 分级', en: 'mMRC grade' },
      },
      compute({ grade }) {
        const moreSymptoms = grade >= 2
        const band = moreSymptoms ? 'moreSymptoms' : 'fewerSymptoms'
        return { output: { grade, moreSymptoms, band }, band, value: grade }
      },
    }),
  ],
}
