import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { Problem } from '../../../platform/contract/index.ts'
import { SOUND_BYTES_MAX, tellSound } from '../contract/sound.ts'
import { keep, tell } from './sound.ts'

/** What lies beside a sound: what an exchange would tell by its key, and the name of the file. */
const note = (tellSound.body as z.ZodObject).extend({ file: z.string().regex(/^[^/\\]{1,200}$/) })

/** Where an exchange that knows only folders (by SFTP, by a share) puts its recordings; made by whoever connects it. */
export const inboxOf = (house: Pick<House, 'files'>, tenant: Pick<Tenant, 'id'>) =>
  join(house.files.folder, tenant.id, 'call-inbox')

/**
 * Takes what lies in the folder: `<name>.json` and the sound that it names, which has to be whole before the note is
 * there. A pair is removed once it is kept; what cannot be read stays, as `<name>.json.refused`; the log says why.
 * Two workers at once keep it once, since the exchange's id of the call is unique. @returns how many were kept
 */
export async function takeInbox(house: House, tenant: Tenant): Promise<number> {
  const folder = inboxOf(house, tenant)
  const names = await readdir(folder).catch(() => [])
  let kept = 0
  for (const name of names.filter((one) => one.endsWith('.json')).toSorted()) {
    try {
      kept += await takePair(house, tenant, folder, name)
    } catch (error) {
      if (isGone(error)) continue
      if (!(error instanceof Problem || error instanceof z.ZodError || error instanceof SyntaxError)) throw error
      house.log.warn({ refusal: error instanceof Problem ? error.code : error.name }, 'a recording could not be read')
      await rename(join(folder, name), join(folder, `${name}.refused`))
    }
  }
  return kept
}

async function takePair(house: House, tenant: Tenant, folder: string, name: string): Promise<number> {
  const read = note.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))
  const { file, ...told } = read as z.output<typeof note> & { file: string }
  const path = join(folder, file)
  if ((await stat(path)).size > SOUND_BYTES_MAX) throw new SyntaxError('too large')
  const bytes = await readFile(path)
  const actor = systemActor(tenant.id, 'call-desk/inbox')
  await write(house, { tenant, actor }, async (ctx) => {
    const { id, wants } = await tell(ctx, told as never)
    if (wants === 'sound') await keep(ctx, id, bytes, house.files.folder)
  })
  await rm(path, { force: true })
  await rm(join(folder, name), { force: true })
  return 1
}

/** Another worker has taken it, or the sound is still on its way. */
const isGone = (error: unknown) => (error as { code?: string }).code === 'ENOENT'
