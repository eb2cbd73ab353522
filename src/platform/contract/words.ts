import { z } from 'zod'

/** Words every contract uses. Ids are branded, so that a patient's id cannot be handed in where a card's is asked. */
export type Id<Brand extends string> = string & { readonly __id: Brand }

export function id<Brand extends string>(_brand: Brand): z.ZodType<Id<Brand>, string> {
  return z.uuid() as unknown as z.ZodType<Id<Brand>, string>
}

export type OrganizationId = Id<'organization'>
export type StaffId = Id<'staff'>
export type PatientId = Id<'patient'>

export const organizationId = id('organization')
export const staffId = id('staff')
export const patientId = id('patient')

/** A calendar date of the organization's time zone, `YYYY-MM-DD`. */
export const calendarDate = z.iso.date()
/** An instant, ISO 8601 with zone. */
export const instant = z.iso.datetime({ offset: true })

/** Money in integer fen (1/100 yuan). */
export type Fen = number & { readonly __money: 'fen' }
export const fen = z.number().int() as unknown as z.ZodType<Fen, number>

export const locale = z.enum(['zh-CN', 'en'])
export type Locale = z.infer<typeof locale>

/** Text in both languages, for content that staff may edit. */
export const bilingual = z.object({ zh: z.string(), en: z.string() })
export type Bilingual = z.infer<typeof bilingual>

/** Keyset paging: the answer's `next` is handed back as `cursor`; opaque to callers. */
export const pageQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), next: z.string().nullable(), total: z.number().int().nullable() })
}
