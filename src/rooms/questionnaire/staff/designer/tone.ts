import type { Tone as Severity } from '../../../../clinical/questionnaire/index.ts'
import type { Tone } from '../../../../platform/web/index.ts'

/** The colours of the kit for how much a band matters; its word stands beside. */
export const STATUS_OF_TONE: Record<Severity, Tone> = { good: 'good', watch: 'low', act: 'due', urgent: 'danger' }
