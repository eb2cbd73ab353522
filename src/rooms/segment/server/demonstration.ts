import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import { permissionsOf, type Role } from '../../staff/contract/permissions.ts'
import { staffInRole } from '../../staff/server/index.ts'
import content from '../content/demonstration.json' with { type: 'json' }
import { segmentDefinition } from '../contract/words.ts'
import { worklistDefinition } from '../contract/worklist.ts'
import { putInForce } from './segment.ts'
import { isNameTaken } from './segment-store.ts'
import { findWorklists } from './worklist-store.ts'
import { create as createWorklist } from './worklist.ts'

const segments = z.array(segmentDefinition).parse(content.segments)
const worklists = z.array(worklistDefinition).parse(content.worklists)

/** What a demonstration shows beside the lists that come with Peiban: segments of the content editor, worklists of a physician; each once. */
export async function furnishSegments(ctx: WriteContext): Promise<void> {
  const editor = await as(ctx, 'content-editor')
  for (const definition of editor ? segments : [])
    if (!(await isNameTaken(ctx, definition.name.zh))) await putInForce(editor!, definition)
  const physician = await as(ctx, 'physician')
  const names = new Set((await findWorklists(ctx)).map(({ name }) => name))
  for (const definition of physician ? worklists : [])
    if (!names.has(definition.name)) await createWorklist(physician!, definition)
}

async function as(ctx: WriteContext, role: Role): Promise<WriteContext | undefined> {
  const [who] = await staffInRole(ctx, role)
  if (!who) return undefined
  const { id, name, roles } = who
  return { ...ctx, actor: { ...ctx.actor, kind: 'staff', id, name, roles, permissions: permissionsOf(roles) } }
}
