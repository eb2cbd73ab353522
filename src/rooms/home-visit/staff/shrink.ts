/** Enough to see a wound or a box of tablets; a tenth of what the camera makes, for the line of a stairwell. */
const SIDE_PX = 2000
const QUALITY = 0.85

/** A photo as it is sent: smaller, upright, without what the camera wrote into it. Where the browser cannot, as it is. */
export async function shrunk(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const share = Math.min(1, SIDE_PX / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * share)
    canvas.height = Math.round(picture.height * share)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    return await new Promise((resolve) => canvas.toBlob((made) => resolve(made ?? file), 'image/jpeg', QUALITY))
  } catch {
    return file
  }
}
