import { Input } from 'antd'
import { useState } from 'react'
import { Empty, SideDrawer, Stack, useOpened, useT } from '../../../platform/web/index.ts'
import type { Proposal } from '../contract/advice.ts'
import { ProposalRow } from './proposed-part.tsx'

/** Cards that no rule has chosen, found by their words; giving one asks for a reason. `?others=all` */
export function OthersDrawer({ cards }: { cards: readonly Proposal[] }) {
  const t = useT('advice')
  const { id, close } = useOpened('others')
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = cards.filter(({ title, summary }) =>
    [title.zh, title.en, summary.zh, summary.en].some((part) => part.toLowerCase().includes(wanted)),
  )
  return (
    <SideDrawer title={t('others.title')} open={id !== undefined} onClose={close}>
      <Stack>
        <p className="pb-hint">{t('others.hint')}</p>
        <Input.Search
          aria-label={t('others.search')}
          placeholder={t('others.search')}
          allowClear
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
        {found.length === 0 && <Empty title={t('others.none')} />}
        {found.map((card) => (
          <ProposalRow key={card.code} proposal={card} />
        ))}
      </Stack>
    </SideDrawer>
  )
}
