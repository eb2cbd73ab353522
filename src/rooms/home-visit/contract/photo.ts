import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { homeVisitId, photoConsent, photoId, visitView } from './words.ts'

const permission = 'home-visit.photo' as const
const ofVisit = z.object({ homeVisitId })

export const answerPhotoConsent = endpoint({
  name: 'home-visit.answerPhotoConsent',
  method: 'POST',
  path: '/home-visits/:homeVisitId/photo-consents',
  summary: 'Note what somebody answered when they were asked whether photos may be taken',
  gate: { permission, audit: { action: 'home-visit.photo-consent', subject: 'homeVisitId' } },
  params: ofVisit,
  body: photoConsent,
  output: visitView,
  problems: ['HomeVisitUnknown', 'HomeVisitNotYours', 'HomeVisitError', 'PhotoConsentGuardian'],
})

export const withdrawPhotoConsent = endpoint({
  name: 'home-visit.withdrawPhotoConsent',
  method: 'POST',
  path: '/home-visits/:homeVisitId/photo-consents/withdrawal',
  summary: 'Somebody does not want the photos any more: all of this visit are taken away at once',
  gate: { permission: 'home-visit.write', audit: { action: 'home-visit.photo-withdraw', subject: 'homeVisitId' } },
  params: ofVisit,
  body: photoConsent.pick({ saidBy: true }),
  output: visitView,
  problems: ['HomeVisitUnknown'],
})

/** Body: the bytes of a JPEG, PNG or WebP. The key is the page's: sent again it stands once. */
export const putPhoto = endpoint({
  name: 'home-visit.putPhoto',
  method: 'PUT',
  path: '/home-visits/:homeVisitId/photos/:key',
  summary: 'A photo, once the person has said yes: kept without what the camera wrote into it, sealed',
  gate: { permission, audit: { action: 'home-visit.add-photo', subject: 'homeVisitId' } },
  params: ofVisit.extend({ key: z.uuid() }),
  query: z.object({ label: z.string().trim().max(60).default('') }),
  upload: true,
  output: z.object({ id: photoId }),
  problems: [
    'HomeVisitUnknown',
    'HomeVisitNotYours',
    'HomeVisitError',
    'PhotoConsentMissing',
    'PhotoEmpty',
    'PhotoTooLarge',
    'PhotoUnreadable',
    'PhotoDiffers',
    'PhotoGone',
    'PhotosTooMany',
  ],
})

export const openPhoto = endpoint({
  name: 'home-visit.openPhoto',
  method: 'GET',
  path: '/home-visits/:homeVisitId/photos/:photoId',
  summary: 'One photo; each look at it is in the log',
  gate: { permission, audit: { action: 'home-visit.open-photo', subject: 'photoId' } },
  params: ofVisit.extend({ photoId }),
  output: z.unknown(),
  media: 'image/jpeg',
  problems: ['HomeVisitUnknown', 'PhotoUnknown', 'PhotoGone'],
})

export const removePhoto = endpoint({
  name: 'home-visit.removePhoto',
  method: 'DELETE',
  path: '/home-visits/:homeVisitId/photos/:photoId',
  summary: 'Take away a photo one has taken: the wrong one, somebody else in it',
  gate: { permission, audit: { action: 'home-visit.remove-photo', subject: 'photoId' } },
  params: ofVisit.extend({ photoId }),
  output: visitView,
  problems: ['HomeVisitUnknown', 'HomeVisitNotYours', 'PhotoUnknown'],
})
