import { Button, Input } from 'antd'
import { useState } from 'react'
import { Card, ProblemAlert, Row, Stack, useT, type ApiProblem } from '../../../platform/web/index.ts'

export interface TakeWithReasonProps {
  problem: ApiProblem | null
  onTake: (because: string) => void
  onCancel: () => void
}

/** Somebody is called out of turn: outside of the hours, before their time, or a fourth time. */
export function TakeWithReason({ problem, onTake, onCancel }: TakeWithReasonProps) {
  const t = useT('call-desk')
  const [because, setBecause] = useState('')
  return (
    <Card title={t('reason.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onTake(because)
        }}
      >
        <Stack tight>
          <ProblemAlert problem={problem} />
          <Input
            autoFocus
            aria-label={t('reason.label')}
            placeholder={t('reason.label')}
            maxLength={300}
            value={because}
            onChange={({ target }) => setBecause(target.value)}
          />
          <Row>
            <Button type="primary" htmlType="submit" disabled={because.trim().length < 2}>
              {t('reason.take')}
            </Button>
            <Button onClick={onCancel}>{t('act.cancel')}</Button>
          </Row>
        </Stack>
      </form>
    </Card>
  )
}
