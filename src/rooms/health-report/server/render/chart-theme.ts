/** The colours and sizes of Peiban's charts on paper; the pages' own colours stand in `content/report-2/theme.typ`. */
export const CHART = {
  font: 'Noto Sans SC',
  ink: '#1B2726',
  quiet: '#5C6B69',
  line: '#0B7A75',
  /** The reference band: present, but behind everything. */
  band: '#E3F0EE',
  bandEdge: '#B9D8D5',
  high: '#B3261E',
  low: '#1D5FA8',
  abnormal: '#8A5200',
  /** Points; one unit of the drawing is one point (1/72 inch) on paper. */
  labelPt: 7.5,
  dotPt: 5,
} as const
