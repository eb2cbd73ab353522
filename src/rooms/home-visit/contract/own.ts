import { z } from 'zod'
import { calendarDate, endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { homeVisitId, photoId, SAID_BY } from './words.ts'

export const myVisitPhotos = endpoint({
  name: 'home-visit.myPhotos',
  method: 'GET',
  path: '/my/home-visit-photos',
  summary: 'At which visits to one’s home photos were taken, and which of them one has withdrawn; no photo shows',
  gate: { permission: 'patient', audit: { action: 'my.home-visit-photos' } },
  output: z.object({
    rows: z.array(
      z.object({
        id: homeVisitId,
        on: calendarDate,
        /** Who came. */
        staff: z.string(),
        /** So many are kept. */
        photos: z.number().int(),
        /** Each that was taken and not taken away by whoever took it, by the number that the staff's pages have for it. */
        pictures: z.array(
          z.object({
            id: photoId,
            number: z.number().int(),
            at: instant,
            /** What it shows, in the words of whoever took it. */
            label: pii('free-text', z.string()),
            withdrawnOn: calendarDate.nullable(),
          }),
        ),
        withdrawn: z
          .object({
            on: calendarDate,
            saidBy: z.enum(SAID_BY),
            /** Who of the staff wrote it down; null: they did it themselves, here. */
            by: z.string().nullable(),
          })
          .nullable(),
      }),
    ),
    /** A child's pages: the guardian decides. */
    forGuardian: z.boolean(),
  }),
})
export type MyVisitPhotos = z.output<typeof myVisitPhotos.output>['rows'][number]

export const withdrawMyPhotos = endpoint({
  name: 'home-visit.withdrawMine',
  method: 'POST',
  path: '/my/home-visit-photos/:homeVisitId/withdrawal',
  summary:
    'Withdraw the yes to photos of a visit (PIPL §15, §47): none can be opened from now on, by anybody, and none comes back',
  gate: { permission: 'patient', audit: { action: 'my.home-visit-photos-withdraw', subject: 'homeVisitId' } },
  params: z.object({ homeVisitId }),
  output: z.object({ withdrawn: z.number().int() }),
  problems: ['HomeVisitUnknown'],
})

export const withdrawMyPhoto = endpoint({
  name: 'home-visit.withdrawMyPhoto',
  method: 'POST',
  path: '/my/home-visit-photos/:homeVisitId/photos/:photoId/withdrawal',
  summary: 'Withdraw one photo of a visit: nobody can open it from now on; the others stay',
  gate: { permission: 'patient', audit: { action: 'my.home-visit-photo-withdraw', subject: 'photoId' } },
  params: z.object({ homeVisitId, photoId }),
  output: z.object({ withdrawn: z.number().int() }),
  problems: ['HomeVisitUnknown', 'PhotoUnknown'],
})
