import {
  Empty,
  InstantText,
  ListPage,
  SideDrawer,
  Status,
  useAddress,
  useApiPages,
  useOpened,
  useT,
  type Column,
  type FilterField,
  type T,
} from '../../../platform/web/index.ts'
import { z } from 'zod'
import { listSounds, SOUND_STATES, type SoundLine } from '../contract/sound.ts'
import './call-desk.css'
import { SettleSound } from './settle-sound.tsx'
import { clockText } from './words.tsx'

const STATES = ['open', ...SOUND_STATES] as const
const schema = z.object({ state: z.enum(STATES).optional() })

/** 交换机录音: what the telephone exchange handed in; what nobody could tell by rule waits here. */
export function SoundsPage() {
  const t = useT('call-desk')
  const [address, change] = useAddress(schema)
  const opened = useOpened('sound')
  const rows = useApiPages(listSounds, { query: address.state ? { state: address.state } : {} } as never)
  const sound = rows.data?.rows.find(({ id }) => id === opened.id)
  const options = STATES.map((value) => ({ value, label: t(`sounds.state.${value}`) }))
  const fields: FilterField[] = [{ kind: 'choice', key: 'state', label: t('sounds.what'), options }]
  return (
    <ListPage
      title={t('sounds.title')}
      hint={t('sounds.hint')}
      name="call-sounds"
      label={t('sounds.title')}
      filters={{ fields, state: address, change }}
      rows={rows}
      columns={columnsOf(t)}
      rowKey={({ id }) => id}
      rowName={({ key }) => key}
      onOpen={({ id }) => opened.open(id)}
      empty={<Empty title={t('sounds.empty')} hint={t('sounds.emptyHint')} />}
    >
      <SideDrawer title={sound?.key ?? ''} open={sound !== undefined} onClose={opened.close} widthPx={640}>
        {sound && <SettleSound key={sound.id} sound={sound} onDone={opened.close} />}
      </SideDrawer>
    </ListPage>
  )
}

function columnsOf(t: T): Column<SoundLine>[] {
  return [
    { key: 'key', title: t('sounds.key'), render: ({ key }) => key },
    { key: 'at', title: t('sounds.at'), render: ({ beganAt }) => <InstantText at={beganAt} /> },
    {
      key: 'lasts',
      title: t('figure.talk'),
      number: true,
      render: ({ durationMs }) => clockText(Math.round(durationMs / 1000)),
    },
    {
      key: 'phone',
      title: t('blocks.phone'),
      render: ({ phoneMasked, extension }) => (
        <span className="pb-number pb-nowrap">{[phoneMasked, extension].filter(Boolean).join(' · ')}</span>
      ),
    },
    { key: 'consent', title: t('sounds.consent'), render: ({ consent }) => t(`sounds.consents.${consent}`) },
    {
      key: 'state',
      title: t('sounds.what'),
      render: ({ state, reason }) => (
        <Status tone={state === 'waiting' ? 'due' : state === 'matched' ? 'good' : 'plain'}>
          {reason ? t(`sounds.reason.${reason}`) : t(`sounds.state.${state}`)}
        </Status>
      ),
    },
    { key: 'patient', title: t('blocks.patient'), render: ({ patientName }) => patientName ?? '' },
  ]
}
