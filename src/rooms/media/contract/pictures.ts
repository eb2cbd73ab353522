import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { lookName } from './look.ts'
import { picture, pictureKey } from './words.ts'

/** What is taken, said where one chooses a file. */
export const PICTURE_ENDINGS = '.svg,.png,.jpg,.jpeg,.webp,.mp4,.webm'

export const uploadPicture = endpoint({
  name: 'media.uploadPicture',
  method: 'POST',
  path: '/media-pictures',
  summary: 'Hand in a drawing (SVG), an image or a short video; what it is follows from its content, not from its name',
  gate: { permission: 'media.write', audit: { action: 'media.upload' } },
  upload: true,
  output: picture,
  problems: ['PictureTooLarge', 'PictureUnreadable', 'PictureRefused', 'PictureTooWide', 'PictureMovesAlone'],
})

const shown = {
  params: z.object({ key: pictureKey, look: lookName }),
  output: z.unknown(),
  media: 'image/svg+xml',
  problems: ['PictureUnknown'],
}

export const showPicture = endpoint({
  name: 'media.picture',
  method: 'GET',
  path: '/media-pictures/:key/:look',
  summary: 'A picture as it is shown; kept by browsers, since its address names its content',
  gate: { permission: 'media.read', audit: { none: 'a picture of the house, nothing of a patient' } },
  ...shown,
})

export const showMyPicture = endpoint({
  name: 'media.myPicture',
  method: 'GET',
  path: '/my/media-pictures/:key/:look',
  summary: 'The same for the own pages of patients',
  gate: { permission: 'patient', audit: { none: 'a picture of the house; the opening of its card is noted' } },
  ...shown,
})
