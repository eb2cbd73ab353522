import type { Plugin } from 'vite'

/**
 * Components of antd that no page shows, each with the classes of its styles. antd writes its styles as one file of a
 * megabyte; without these it is little more than half of that.
 */
const UNUSED: Readonly<Record<string, readonly string[]>> = {
  affix: ['affix'],
  anchor: ['anchor'],
  avatar: ['avatar'],
  breadcrumb: ['breadcrumb'],
  calendar: ['picker-calendar'],
  card: ['card'],
  carousel: ['carousel', 'slick'],
  cascader: ['cascader'],
  collapse: ['collapse'],
  'color-picker': ['color-picker'],
  descriptions: ['descriptions'],
  'float-button': ['float-btn'],
  image: ['image'],
  layout: ['layout'],
  list: ['list'],
  listy: ['listy'],
  masonry: ['masonry'],
  mentions: ['mentions'],
  pagination: ['pagination'],
  popconfirm: ['popconfirm'],
  rate: ['rate'],
  result: ['result'],
  splitter: ['splitter'],
  statistic: ['statistic'],
  table: ['table'],
  tabs: ['tabs'],
  tour: ['tour'],
  transfer: ['transfer'],
  tree: ['tree'],
  'tree-select': ['select-tree', 'tree-select'],
}

const classes = Object.values(UNUSED).flat().join('|')
const OF_UNUSED = new RegExp(`^\\.ant-(?:${classes})(?![a-z])`)
/** Colours of antd's own: `Look` writes ours. */
const OWN_COLOURS = /^\.(?:css-var-_R_|data-ant-cssinjs)/

/** Leaves out of `antd/dist/antd.css` what no page shows, and fails the build when one begins to show it. */
export function usedAntdStyles(): Plugin {
  let isFinished = true
  return {
    name: 'peiban-used-antd-styles',
    enforce: 'pre',
    // React as developers have it keeps more than is shown.
    configResolved: ({ isProduction }) => void (isFinished = isProduction),
    transform: (code, id) => (/[/\\]antd[/\\]dist[/\\]antd\.css(?:\?|$)/.test(id) ? withoutUnused(code) : undefined),
    generateBundle(_, bundle) {
      if (!isFinished) return
      for (const file of Object.values(bundle)) {
        const modules = file.type === 'chunk' ? Object.keys(file.modules) : []
        const shown = modules.flatMap((id) => /[/\\]antd[/\\]es[/\\]([\w-]+)[/\\]style[/\\]/.exec(id)?.[1] ?? [])
        const missing = [...new Set(shown)].filter((name) => name in UNUSED)
        if (missing.length > 0) {
          this.error(
            `a page shows antd's ${missing.join(', ')}: take it off the list in src/platform/web/look/antd-styles.ts`,
          )
        }
      }
    },
  }
}

/** The rules of a style sheet but for those whose every selector begins with a class of an unused component. */
export function withoutUnused(css: string): string {
  return rulesOf(css)
    .filter((rule) => {
      const selectors = rule.slice(0, rule.indexOf('{')).split(/,(?![^(]*\))/)
      return !selectors.every((selector) => OF_UNUSED.test(selector.trim()) || OWN_COLOURS.test(selector.trim()))
    })
    .join('')
}

/** Whole rules of the highest level, `@media` with what is in it. */
function rulesOf(css: string): string[] {
  const rules: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < css.length; at++) {
    if (css[at] === '{') depth += 1
    if (css[at] !== '}' || (depth -= 1) > 0) continue
    rules.push(css.slice(start, at + 1))
    start = at + 1
  }
  return [...rules, css.slice(start)]
}
