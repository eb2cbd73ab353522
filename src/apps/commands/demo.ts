import { parseArgs } from 'node:util'
import { populate, seedDemonstration } from '../demo/seed.ts'
import { CommandRefused, type Command } from './command.ts'
import { withHouse } from './with-house.ts'

export const demoCommand: Command = {
  name: 'demo',
  usage: 'demo --patients N --years Y --seed S',
  zh: '装入一批演示客户（不存在演示机构时先建立）',
  en: 'load demonstration members (founding the demonstration organization when missing)',
  async run(args) {
    const options = readOptions(args)
    await withHouse(async ({ house, database }) => {
      const started = performance.now()
      const onProgress = (loaded: number) => process.stdout.write(`\r${loaded} / ${options.patients}`)
      const known = (await house.tenants())[0]
      if (known) await populate(house, database.url, known, { ...options, onProgress })
      else await seedDemonstration(house, database.url, { ...options, onProgress })
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(
        `\n已装入 ${options.patients} 位客户，用时 ${seconds} 秒。 Loaded ${options.patients} members in ${seconds} s.`,
      )
    })
  },
}

function readOptions(args: string[]): { patients: number; years: number; seed: number } {
  const { values } = parseArgs({
    args,
    options: {
      patients: { type: 'string', default: '2000' },
      years: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
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
  return { patients: whole('patients', 1), years: whole('years', 0), seed: whole('seed', 0) }
}
