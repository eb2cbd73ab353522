import type { Locator, Page } from 'playwright-core'
import { settled } from './settled.ts'

/** The first of the two levels on a patient's page. */
async function parts(page: Page): Promise<Locator[]> {
  const list = page.getByRole('tablist', { name: /^(?:客户档案的各部分|Parts of the record)$/ })
  await list.waitFor()
  // Which parts there are is known once all is known of the person and the reader.
  await settled(page)
  return list.getByRole('tab').all()
}

/** Opens a part and says what is in it: its tabs, or itself where it holds one alone. */
async function open(page: Page, part: Locator): Promise<Locator[]> {
  await part.click()
  await part.and(page.locator('[aria-selected=true]')).waitFor()
  await settled(page)
  const within = page.locator('.pb-tabs-within').getByRole('tab')
  return (await within.count()) > 0 ? within.all() : [part]
}

/** Opens a tab of a patient's page by its name, through the part in which it stands, as people do. */
export async function openPatientTab(page: Page, name: string): Promise<void> {
  const seen: string[] = []
  for (const part of await parts(page)) {
    for (const tab of await open(page, part)) {
      const own = (await tab.textContent()) ?? ''
      if (own === name) return tab.click()
      seen.push(own)
    }
  }
  throw new Error(`no tab ${name} among ${seen.join(', ')}`)
}

/** All tabs that this reader has on a patient's page, part by part. */
export async function patientTabNames(page: Page): Promise<string[]> {
  const names: string[] = []
  for (const part of await parts(page))
    for (const tab of await open(page, part)) names.push((await tab.textContent()) ?? '')
  return names
}
