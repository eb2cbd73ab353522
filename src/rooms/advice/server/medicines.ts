import { z } from 'zod'
import { bilingual } from '../../../platform/contract/index.ts'
import content from '../content/medicines.json' with { type: 'json' }

/** Groups of medicines that food or exercise must mind. */
export const medicineGroups = z
  .array(
    z.strictObject({
      code: z.string(),
      name: bilingual,
      parts: z.array(
        z
          .string()
          .min(3)
          .or(z.string().regex(/\p{Script=Han}/u)),
      ),
    }),
  )
  .parse(content.groups)

/** Whether a medicine's name belongs to a group: it holds one of its parts. */
export function isOfGroup(medicine: string, group: string): boolean {
  const parts = medicineGroups.find(({ code }) => code === group)?.parts ?? []
  const name = medicine.toLowerCase()
  return parts.some((part) => name.includes(part.toLowerCase()))
}
