import { sumScale } from '../sum-scale.ts'
import model from './model.json' with { type: 'json' }

export const mnaSf = sumScale(model)
