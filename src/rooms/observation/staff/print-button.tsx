import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useT } from '../../../platform/web/index.ts'

/** What is printed is what is read: no navigation, no buttons, cards that do not break over pages. */
const SHEET = `@media print {
  .pb-top, .pb-side, .pb-bottom, .pb-breadcrumbs, .pb-tabs, .ant-segmented, button { display: none !important; }
  .pb-shell, .pb-main, .pb-page { display: block !important; margin: 0 !important; padding: 0 !important; height: auto !important; overflow: visible !important; }
  .pb-card, .pb-chart-table tr { break-inside: avoid; }
  .pb-columns { display: grid !important; grid-template-columns: 1fr 1fr !important; }
  @page { margin: 12mm; }
}`

export function PrintButton() {
  const t = useT('observation')
  return (
    <>
      <style>{SHEET}</style>
      <Button icon={<PrinterOutlined />} onClick={() => globalThis.print()}>
        {t('print')}
      </Button>
    </>
  )
}
