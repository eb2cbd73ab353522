import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  DateText,
  Empty,
  InstantText,
  ListPage,
  Row,
  SideDrawer,
  Stack,
  useAction,
  useApiPages,
  useOpened,
  useSay,
  useT,
  ProblemAlert,
  type Column,
  type T,
} from '../../../platform/web/index.ts'
import { liftBlock, listBlocks, type BlockLine } from '../contract/do-not-call.ts'
import { AddBlock } from './add-block.tsx'
import { CHANGED } from './changed.ts'

/** 勿呼名单: whom nobody calls, why and until when. */
export function BlocksPage() {
  const t = useT('call-desk')
  const rows = useApiPages(listBlocks, { query: {} })
  const opened = useOpened('open')
  const block = rows.data?.rows.find(({ id }) => id === opened.id)
  return (
    <ListPage
      title={t('blocks.title')}
      hint={t('blocks.hint')}
      name="do-not-call"
      label={t('blocks.title')}
      actions={
        <Button type="primary" onClick={() => opened.open('new')}>
          {t('blocks.add')}
        </Button>
      }
      rows={rows}
      columns={columnsOf(t)}
      rowKey={({ id }) => id}
      rowName={({ patient }) => patient.name}
      onOpen={({ id }) => opened.open(id)}
      empty={<Empty title={t('blocks.empty')} hint={t('blocks.emptyHint')} />}
    >
      <SideDrawer
        title={block ? block.patient.name : t('blocks.add')}
        open={block !== undefined || opened.id === 'new'}
        onClose={opened.close}
      >
        {block ? <Lift block={block} onDone={opened.close} /> : <AddBlock onDone={opened.close} />}
      </SideDrawer>
    </ListPage>
  )
}

function columnsOf(t: T): Column<BlockLine>[] {
  return [
    { key: 'name', title: t('blocks.patient'), render: ({ patient }) => patient.name },
    { key: 'reason', title: t('blocks.reason'), render: ({ reason }) => t(`blocks.reasons.${reason}`) },
    { key: 'note', title: t('blocks.note'), render: ({ note }) => note },
    {
      key: 'until',
      title: t('blocks.until'),
      render: ({ untilOn }) => (untilOn ? <DateText date={untilOn} /> : t('blocks.forever')),
    },
    {
      key: 'since',
      title: t('blocks.since'),
      render: ({ since, by }) => (
        <>
          {by} <InstantText at={since} />
        </>
      ),
    },
    {
      key: 'phone',
      title: t('blocks.phone'),
      render: ({ patient }) => <span className="pb-number pb-nowrap">{patient.phoneMasked}</span>,
      card: 'hide',
    },
  ]
}

function Lift({ block, onDone }: { block: BlockLine; onDone: () => void }) {
  const t = useT('call-desk')
  const say = useSay()
  const [because, setBecause] = useState('')
  const lift = useAction(liftBlock, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('blocks.lifted', { name: block.patient.name }))
      onDone()
    },
  })
  return (
    <Stack>
      <p>
        {t(`blocks.reasons.${block.reason}`)}
        {block.note && ` · ${block.note}`}
      </p>
      <p className="pb-hint">
        {block.by} <InstantText at={block.since} />
      </p>
      {block.can.lift && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            lift.mutate({ params: { blockId: block.id }, body: { because } })
          }}
        >
          <Stack tight>
            <ProblemAlert problem={lift.error} />
            <Input
              aria-label={t('blocks.liftTitle')}
              placeholder={t('blocks.liftTitle')}
              maxLength={300}
              value={because}
              onChange={({ target }) => setBecause(target.value)}
            />
            <Row>
              <Button htmlType="submit" disabled={because.trim().length < 2} loading={lift.isPending}>
                {t('blocks.lift')}
              </Button>
            </Row>
          </Stack>
        </form>
      )}
    </Stack>
  )
}
