import { nameOfLook, type Look } from '../contract/look.ts'
import { showMyPicture } from '../contract/pictures.ts'

/** Where an own page fetches a picture: its address names content and look, so the phone fetches it once. */
export function addressOfPicture(key: string, look: Look): string {
  return `/api${showMyPicture.path.replace(':key', key).replace(':look', nameOfLook(look))}`
}
