import { countStages, listRelationships, readRelationship } from '../contract/lifecycle.ts'
import { listStageRules, readStageRule } from '../contract/rule.ts'

/** What is read anew when somebody has moved. */
export const MOVED = [readRelationship, countStages, listRelationships]
export const RULE_CHANGED = [listStageRules, readStageRule]
