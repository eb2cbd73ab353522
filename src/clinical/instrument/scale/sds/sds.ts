import { sumScale } from '../sum-scale.ts'
import model from './model.json' with { type: 'json' }

export const sds = sumScale(model)
