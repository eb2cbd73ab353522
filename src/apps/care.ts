import type { CareStep } from '../rooms/agenda/server/index.ts'
import { campaignStep } from '../rooms/campaign/server/index.ts'
import { followUpStep } from '../rooms/follow-up/server/index.ts'
import { lifecycleStep } from '../rooms/lifecycle/server/index.ts'
import { messageStep } from '../rooms/message/server/index.ts'
import { riskStep } from '../rooms/risk/server/index.ts'
import { satisfactionStep } from '../rooms/satisfaction/server/index.ts'
import { segmentStep } from '../rooms/segment/server/index.ts'
import { tagStep } from '../rooms/tag/server/index.ts'
import { taskStep } from '../rooms/task/server/index.ts'

/**
 * The behaviour of the care engine as one ordered list: what is done, patient by patient, when something has happened
 * or a planned moment has come.
 */
export const careSteps: readonly CareStep[] = [
  riskStep,
  tagStep,
  taskStep,
  followUpStep,
  lifecycleStep,
  campaignStep,
  satisfactionStep,
  messageStep,
  segmentStep,
]
