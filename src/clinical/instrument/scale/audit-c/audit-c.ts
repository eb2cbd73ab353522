import { sumScale } from '../sum-scale.ts'
import model from './model.json' with { type: 'json' }

export const auditC = sumScale(model, { sex: { kind: 'choice', of: ['male', 'female'], zh: '性别', en: 'sex' } })
