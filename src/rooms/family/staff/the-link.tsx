import { CopyOutlined } from '@ant-design/icons'
import { Button, Input, QRCode } from 'antd'
import { Row, Stack, useSay, useT } from '../../../platform/web/index.ts'

/** To be scanned by the relative here and now, or passed on; told once. */
export function TheLink({ link, onClose }: { link: string; onClose: () => void }) {
  const t = useT('family')
  const say = useSay()
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    say.done(t('staff.copied'))
  }
  return (
    <Stack tight>
      <p>{t('staff.linkHint')}</p>
      {/* The same link stands below in words, for whoever cannot see the code. */}
      <div aria-hidden="true">
        <QRCode type="svg" value={link} size={220} bordered={false} />
      </div>
      <Input.TextArea readOnly autoSize value={link} aria-label={t('staff.link')} />
      <Row>
        <Button icon={<CopyOutlined />} onClick={() => void copy()}>
          {t('staff.copy')}
        </Button>
        <Button type="primary" onClick={onClose}>
          {t('staff.done')}
        </Button>
      </Row>
    </Stack>
  )
}
