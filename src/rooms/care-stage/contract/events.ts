import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'
import { stage } from './words.ts'

export const stageEntered = event('care-stage.entered', z.object({ patientId, stage, from: stage.nullable() }))
