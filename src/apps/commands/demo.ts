import { parseArgs } from 'node:util'
import { populate, seedDemonstration } from '../demo/seed.ts'
import { CommandRefused, type Command } from './command.ts'
import { withHouse } from './with-house.ts'

export const demoCommand: Command = {
  name: 'demo',
  usage: 'demo --patients N --years Y --seed S [--once]',
  zh: '装入一批演示客户（不存在演示机构时先建立，装到一半的接着装完；--once 已有机构时什么也不做）',
  en: 'load demonstration members (founding the demonstration organization when missing, finishing one that was left half loaded; --once does nothing where an organization is)',
  async run(args) {
    const { once, ...options } = readOptions(args)
    endWithParent()
    await withHouse(async ({ house, database }) => {
      const started = performance.now()
      const onProgress = (loaded: number) => process.stdout.write(`\r${loaded} …`)
      const seeded = await seedDemonstration(house, database.url, { ...options, onProgress })
      if (!seeded && once) return
      if (!seeded) await populate(house, database.url, (await house.tenants())[0]!, { ...options, onProgress })
      const count = seeded ? seeded.load.patients - seeded.load.loaded : options.patients
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`\r已装入 ${count} 位客户，用时 ${seconds} 秒。 Loaded ${count} members in ${seconds} s.`)
    })
  },
}

/** Started by `peiban start`, it has a channel to it: a load that nobody waits for any more ends. */
function endWithParent(): void {
  if (!process.channel) return
  process.once('disconnect', () => process.exit(1))
  process.channel.unref()
}

function readOptions(args: string[]): { patients: number; years: number; seed: number; once: boolean } {
  const { values } = parseArgs({
    args,
    options: {
      patients: { type: 'string', default: '2000' },
      years: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      once: { type: 'boolean', default: false },
    },
  })
  const whole = (name: 'patients' | 'years' | 'seed', least: number): number => {
    const value = Number(values[name])
    if (!Number.isInteger(value) || value < least)
      throw new CommandRefused(
        `--${name} 应为不小于 ${least} 的整数。 --${name} must be a whole number from ${least} up.`,
      )
    return value
  }
  return { patients: whole('patients', 1), years: whole('years', 0), seed: whole('seed', 0), once: values.once }
}
