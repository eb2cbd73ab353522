import type { Selectable } from 'kysely'
import { versionsIn, type Versioned } from '../../../platform/versions/index.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import type { CarePlanTemplateTable } from './table.ts'
import './table.ts'

export type TemplateRow = Selectable<CarePlanTemplateTable>

export const templates = versionsIn<CarePlanTemplateTable>('care_plan_template')

/** A template as it is kept: nothing of it stands beside the definition. */
export const keptOf = (code: string, definition: TemplateDefinition): Versioned<CarePlanTemplateTable> => ({
  code,
  definition,
  columns: {},
})
