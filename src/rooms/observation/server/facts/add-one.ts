import type { WriteContext } from '../../../../platform/context/context.ts'
import { addFacts, type AddedFact } from './add.ts'
import type {
  FactKind,
  NewAllergy,
  NewCondition,
  NewEncounter,
  NewFactOf,
  NewFamilyHistory,
  NewMedication,
  NewProcedure,
} from './kind.ts'

async function addOne<K extends FactKind>(ctx: WriteContext, kind: K, fact: NewFactOf[K]): Promise<AddedFact> {
  const added = await addFacts(ctx, { [kind]: [fact] })
  return added[kind]![0]!
}

/** One fact of its kind; idempotent by source and source id. Many at once: `addFacts`. */
export const addCondition = (ctx: WriteContext, fact: NewCondition): Promise<AddedFact> =>
  addOne(ctx, 'condition', fact)
export const addProcedure = (ctx: WriteContext, fact: NewProcedure): Promise<AddedFact> =>
  addOne(ctx, 'procedure', fact)
export const addEncounter = (ctx: WriteContext, fact: NewEncounter): Promise<AddedFact> =>
  addOne(ctx, 'encounter', fact)
export const addMedication = (ctx: WriteContext, fact: NewMedication): Promise<AddedFact> =>
  addOne(ctx, 'medication', fact)
export const addAllergy = (ctx: WriteContext, fact: NewAllergy): Promise<AddedFact> => addOne(ctx, 'allergy', fact)
export const addFamilyHistory = (ctx: WriteContext, fact: NewFamilyHistory): Promise<AddedFact> =>
  addOne(ctx, 'family-history', fact)
