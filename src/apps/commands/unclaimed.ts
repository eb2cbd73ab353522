import { unclaimedSenders } from '../../rooms/report-intake/server/index.ts'
import type { Command } from './command.ts'
import { withHouse } from './with-house.ts'

/** Who sends without being registered: enough to register them, nothing of what they sent. */
export const unclaimedCommand: Command = {
  name: 'unclaimed',
  usage: 'unclaimed',
  zh: '列出没有机构登记的发送方和它们等待归档的消息数',
  en: 'list senders that no organization has registered, and how many messages wait',
  async run() {
    await withHouse(async ({ house }) => {
      const senders = await unclaimedSenders(house)
      if (senders.length === 0) console.log('没有等待登记的发送方。 No sender waits to be registered.')
      for (const { source, peer, messages, firstAt, lastAt } of senders)
        console.log(`${source}  ${peer}  ${messages} 条 messages  ${firstAt.toISOString()} – ${lastAt.toISOString()}`)
    })
  },
}
