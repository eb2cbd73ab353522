import { Card, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { listMyMessages } from '../contract/own.ts'

const LOOKED_AT = 10

export function MessagesCard() {
  const t = useT('message')
  const { data } = useOwn(listMyMessages, { query: { limit: LOOKED_AT } })
  if (!data) return null
  const count = data.rows.filter(({ isNew }) => isNew).length
  return (
    <Card title={t('my.messages.card')} to="/my/messages" more={t('my.messages.cardMore')}>
      <p>{count > 0 ? t('my.messages.cardNew', { count }) : t('my.messages.cardText')}</p>
    </Card>
  )
}
