import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  Card,
  InstantText,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
  requestId,
} from '../../../platform/web/index.ts'
import { careTeam, handOverNote } from '../contract/team.ts'

/** 照护团队: who looks after this person, and what they leave for each other. */
export function TeamCard({ patientId }: { patientId: string }) {
  const t = useT('care-plan')
  const say = useSay()
  const [text, setText] = useState('')
  const params = { patientId: patientId as never }
  const { data } = useApi(careTeam, { params })
  const leave = useAction(handOverNote, {
    invalidates: [careTeam],
    onDone: () => {
      say.done(t('said.noted'))
      setText('')
    },
  })
  if (!data) return null
  return (
    <Card title={t('team.title')}>
      <Stack tight>
        <Row>
          {data.carers.length === 0 && <span className="pb-hint">{t('team.nobody')}</span>}
          {data.carers.map(({ id, role, name }) => (
            <span key={id} className="pb-nowrap">
              <Status>{t(`team.${role}`)}</Status> {name}
            </span>
          ))}
        </Row>
        {data.notes.map((note) => (
          <p key={note.id}>
            {note.text}{' '}
            <span className="pb-hint">
              {note.byName} <InstantText at={note.at} />
            </span>
          </p>
        ))}
        <Row>
          <Input.TextArea
            aria-label={t('team.note')}
            placeholder={t('team.note')}
            value={text}
            maxLength={1000}
            autoSize={{ minRows: 1, maxRows: 4 }}
            onChange={(e) => setText(e.target.value)}
          />
          <Button
            disabled={text.trim().length < 2}
            loading={leave.isPending}
            onClick={() => leave.mutate({ params, body: { id: requestId(), text } }, { onError: say.problem })}
          >
            {t('act.note')}
          </Button>
        </Row>
      </Stack>
    </Card>
  )
}
