import { join, resolve } from 'node:path'
import { systemClock } from '../../platform/clock.ts'
import { backup } from '../backup/backup.ts'
import { restore } from '../backup/restore.ts'
import { readKey } from '../config.ts'
import { CommandRefused, type Command } from './command.ts'
import { withDatabase } from './with-house.ts'

export const backupCommand: Command = {
  name: 'backup',
  usage: 'backup FILE',
  zh: '备份全部数据、文件和密钥（可用 PEIBAN_BACKUP_PASSPHRASE 加密）',
  en: 'back up all data, files and the key (encrypted with PEIBAN_BACKUP_PASSPHRASE)',
  async run(args) {
    const file = fileOf(args)
    const passphrase = process.env['PEIBAN_BACKUP_PASSPHRASE'] || undefined
    await withDatabase(async ({ database, config }) => {
      const filesFolder = join(config.dataFolder, 'files')
      const done = await backup({
        url: database.url,
        file,
        filesFolder,
        key: readKey(config.dataFolder),
        passphrase,
        now: systemClock.now(),
      })
      const rows = Object.values(done.rows).reduce((sum, n) => sum + n, 0)
      const size = (done.sizeBytes / 1e6).toFixed(1)
      console.log(
        `已备份 ${rows} 行、${done.files} 个文件，${size} MB。 Backed up ${rows} rows and ${done.files} files, ${size} MB.`,
      )
      if (!passphrase)
        console.log(
          '备份里有加密密钥，请像病历一样保管。 The backup holds the encryption key: guard it like the records themselves.',
        )
    })
  },
}

export const restoreCommand: Command = {
  name: 'restore',
  usage: 'restore FILE',
  zh: '把备份恢复到空的数据文件夹或数据库',
  en: 'restore a backup into an empty data folder or database',
  async run(args) {
    const file = fileOf(args)
    const passphrase = process.env['PEIBAN_BACKUP_PASSPHRASE'] || undefined
    await withDatabase(async ({ database, config }) => {
      const done = await restore({
        url: database.url,
        file,
        dataFolder: config.dataFolder,
        passphrase,
        now: systemClock.now(),
      })
      const rows = Object.values(done.rows).reduce((sum, n) => sum + n, 0)
      const from = done.manifest.createdAt
      console.log(
        `已恢复 ${rows} 行、${done.files} 个文件（备份于 ${from}）。 Restored ${rows} rows and ${done.files} files of ${from}.`,
      )
      console.log(
        '恢复后暂不向外发任何消息：请质控或科主任登录，在“发送规则 → 停发”里确认后再发。 ' +
          'Nothing is sent until a quality lead confirms it under Sending rules, Stops.',
      )
    })
  },
}

function fileOf(args: string[]): string {
  if (args.length !== 1) throw new CommandRefused('请给出一个文件名。 Name one file.')
  return resolve(args[0]!)
}
