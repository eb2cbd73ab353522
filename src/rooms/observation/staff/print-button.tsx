import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useT } from '../../../platform/web/index.ts'

/**
 * What is printed is what is read: no navigation, no buttons, cards that do not break over pages; without hepatitis B, which
 * is never on paper with the rest (R13).
 */
const SHEET = `@media print {
  .pb-top, .pb-side, .pb-bottom, .pb-breadcrumbs, .pb-tabs, .pb-unprinted, .pb-apart, .ant-segmented, .ant-select, button:not(.pb-small-name) { display: none !important; }
  .pb-shell, .pb-main, .pb-page { display: block !important; margin: 0 !important; padding: 0 !important; height: auto !important; overflow: visible !important; }
  .pb-card { border: 0 !important; padding: 0 !important; }
  .pb-small, .pb-large, .pb-chart-table tr { break-inside: avoid; }
  .pb-card-head { break-after: avoid; }
  .pb-smalls { grid-template-columns: repeat(3, 1fr) !important; gap: 10px 16px !important; }
  .pb-chart-table thead { display: table-header-group; }
  .pb-compared { font-size: 9.5pt; }
  .pb-compared th, .pb-compared td { padding: 3px 8px 3px 0 !important; }
  .pb-small-ask { text-decoration: none !important; }
  body { print-color-adjust: exact; }
  .pb-columns { display: grid !important; grid-template-columns: 1fr 1fr !important; }
  [style*="sticky"] { position: static !important; }
  body, .pb-shell { background: none !important; }
  @page { size: A4; margin: 12mm; }
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
