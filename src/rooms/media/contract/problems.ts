import { defineProblems } from '../../../platform/contract/index.ts'

export const mediaProblem = defineProblems({
  MediaUnknown: 404,
  MediaFaulty: 422,
  OwnMedia: 403,
  MediaNotInForce: 409,
  MediaPatientGone: 409,
  PictureUnknown: 404,
  PictureTooLarge: 413,
  PictureUnreadable: 422,
  PictureRefused: 422,
  PictureTooWide: 422,
  PictureMovesAlone: 422,
})
