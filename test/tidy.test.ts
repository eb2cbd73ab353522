import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOM_ORDER } from '../src/rooms/order.ts'

/** Properties of the code itself: the arrows, the sizes, the texts. Each failure says what to do. */

const ROOT = resolve(import.meta.dirname, '..')
const files = ['src', 'bench', 'test', 'bin'].flatMap((folder) => walk(join(ROOT, folder)))
const code = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file))
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? walk(path) : [relative(ROOT, path)]
  })
}

function importsOf(file: string): string[] {
  const found = read(file).matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|(?:^|\n)import\s*['"](\.[^'"]+)['"]/g,
  )
  return [...found].map((m) => relative(ROOT, resolve(ROOT, dirname(file), (m[1] ?? m[2] ?? m[3])!)))
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file)

describe('arrows', () => {
  const place = (file: string) => /^src\/(platform|clinical|rooms|apps)(?:\/([^/]+))?(?:\/([^/]+))?/.exec(file)

  test('platform imports nothing of ours, clinical nothing at all', () => {
    const wrong = code
      .filter((file) => !isTest(file) && /^src\/(platform|clinical)\//.test(file))
      .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
      .filter(({ file, target }) => target.startsWith('src/') && place(file)?.[1] !== place(target)?.[1])
    expect(wrong).toEqual([])
  })

  test('a room calls only the doors and contracts of rooms that stand before it', () => {
    const wrong: string[] = []
    for (const file of code.filter((f) => f.startsWith('src/rooms/') && !isTest(f))) {
      const [, , room = '', floor = ''] = place(file) ?? []
      for (const target of importsOf(file)) {
        const [, area, other = '', otherFloor = ''] = place(target) ?? []
        if (area === 'apps') wrong.push(`${file} imports the app ${target}`)
        if (area !== 'rooms' || other.endsWith('.ts')) continue
        if (other === room) {
          if (floor === 'contract' && otherFloor !== 'contract')
            wrong.push(`${file}: a contract imports only contracts, not ${target}`)
          if (['staff', 'patient'].includes(floor) && otherFloor === 'server')
            wrong.push(`${file}: pages import the contract, not ${target}`)
          if (floor === 'server' && ['staff', 'patient'].includes(otherFloor))
            wrong.push(`${file}: the server imports no page: ${target}`)
          continue
        }
        const order = ROOM_ORDER as readonly string[]
        if (order.indexOf(other) < 0) wrong.push(`${file} imports ${target}, whose room is not in src/rooms/order.ts`)
        const isDoor = target === `src/rooms/${other}/server/index.ts`
        const isContract = otherFloor === 'contract'
        const isTable = target.endsWith('/server/table.ts')
        const isPage = ['staff', 'patient'].includes(floor) && otherFloor === floor
        if (order.indexOf(other) > order.indexOf(room) && !isPage)
          wrong.push(`${file} looks down to ${target}; use an event`)
        else if (!isDoor && !isContract && !isTable && !isPage)
          wrong.push(`${file} reaches past the door into ${target}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

/**
 * Reads of another room's tables that stand, each with its reason. A new one needs a better reason than that a door is
 * missing: doors are small (`server/index.ts` of each room).
 */
const READS: Record<string, string> = {
  'alert observation': 'what is new of a batch of people since an instant: one range of the record per code, measured',
  'campaign message': 'what became of the messages of a campaign, joined to the million people of it in the statement that counts them',
  'campaign observation': 'visits, stays, operations and reports of a batch of people begin journeys: a care step',
  'follow-up observation':
    'newest procedures and conditions of a batch of people: a care step; who is in hospital, in the statement that pages calls',
  'follow-up tag': 'the list of visits is filtered by a tag in the statement that pages it',
  'follow-up task': 'the list of visits shows who has the task of each, in the statement that pages it',
  'readership message': 'figures count mails of the ledger beside what was read of them, in one statement',
  'growth observation': 'whom nobody has measured lately: a round over all enrolled, in one statement',
  'growth task': 'who has no task of the kind yet: a round over all enrolled, in one statement',
  'health-report observation': 'reports of the record that wait for one of ours, in the statement that pages them',
  'message card': 'consents of the people of one batch of messages: claimed by the thousand, measured',
  'message observation': 'reports that a batch of people have not been told of: a care step, measured',
  'message tag': 'tags of the people of one batch of messages: claimed by the thousand, measured',
  'message task': 'the title of a task in the words of a message',
  'nodule observation': 'the report that a scan names',
  'observation patient': 'merges that stand, when a fact moves with its person',
  'patient staff': 'who may be a carer: joined where carers are chosen',
  'patient-access message': 'whether the mail with a way has arrived: joined in the list of ways',
  'questionnaire observation': 'the values that answers gave to the record, joined to what gave them',
  'risk observation': 'inputs of a batch of people for all instruments in one statement, measured',
  'risk patient': 'results of whoever was merged in are read along',
  'tag observation':
    'conditions are compiled to SQL over the record of the claimed people: the heart of the engine, measured',
  'task patient': 'access that a task has opened, decided in one statement for many tasks',
  'task staff': 'who may execute: joined where executors are found for many tasks',
}
/** Every list names people, places and the house: these are joined, never written. */
const NOUNS = new Set(['patient', 'staff', 'organization', 'department'])

describe('tables', () => {
  const owners = new Map<string, string>()
  for (const file of files) {
    const room = /^src\/rooms\/([^/]+)\/server\/\d{4}-.*\.sql$/.exec(file)?.[1]
    if (room) for (const [, table] of read(file).matchAll(/^create table (\w+)/gm)) owners.set(table!, room)
  }
  const used = code
    .filter((file) => /^src\/rooms\/[^/]+\/server\//.test(file) && !isTest(file))
    .flatMap((file) => tablesIn(read(file)).map((one) => ({ file, room: file.split('/')[2]!, ...one })))
    .filter(({ table, room }) => owners.has(table) && owners.get(table) !== room)

  test('the tables of all rooms are known', () => {
    expect(owners.size).toBeGreaterThan(100)
    expect(
      tablesIn("sql`with x as (update agenda set y = 1) delete from card`; db.innerJoin('staff as s', ...)"),
    ).toEqual([
      { table: 'agenda', writes: true },
      { table: 'card', writes: true },
      { table: 'staff', writes: false },
    ])
    expect(tablesIn('/** Comes from patient. */ // from staff\nimport x from y')).toEqual([
      { table: 'y', writes: false },
    ])
  })

  test('a room writes its own tables only', () => {
    const founding = ({ file, table }: { file: string; table: string }) =>
      file === 'src/rooms/staff/server/found.ts' && table === 'department'
    expect(used.filter((one) => one.writes && !founding(one)).map(({ file, table }) => `${file}: ${table}`)).toEqual([])
  })

  test('a room reads its own tables, joins the nouns, and asks doors for the rest; exceptions have a reason', () => {
    const asked = used.filter(({ table }) => !NOUNS.has(table))
    const keyOf = ({ room, table }: { room: string; table: string }) => `${room} ${owners.get(table)}`
    const wrong = asked.filter((one) => !READS[keyOf(one)])
    expect(wrong.map(({ file, table }) => `${file} reads ${table} of ${owners.get(table)}: ask its door`)).toEqual([])
    const needed = new Set(asked.map(keyOf))
    expect(Object.keys(READS).filter((key) => !needed.has(key))).toEqual([])
  })

  test('nothing is read against the order of the rooms', () => {
    const order = ROOM_ORDER as readonly string[]
    const wrong = used.filter(({ room, table }) => order.indexOf(owners.get(table)!) > order.indexOf(room))
    expect(wrong.map(({ file, table }) => `${file}: ${table}`)).toEqual([])
  })
})

/** The tables that code names in SQL or in the query builder, comments left out. */
function tablesIn(text: string): { table: string; writes: boolean }[] {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*/g, '')
  const named =
    /\b(delete\s+from|from|join|update|into)\s+(\w+)\b|\b(selectFrom|insertInto|updateTable|deleteFrom|\w*[jJ]oin)\(\s*\[?'(\w+)/g
  return [...bare.matchAll(named)].map((m) => ({
    table: (m[2] ?? m[4])!,
    writes: /^(delete|update|into|insertInto)/.test((m[1] ?? m[3])!),
  }))
}

describe('sizes', () => {
  const source = code.filter((file) => file.startsWith('src/') && !isTest(file))

  test('a file has at most 300 lines', () => {
    expect(source.filter((file) => read(file).split('\n').length > 301)).toEqual([])
  })

  test('a room README has at most 40 lines, and each room has one', () => {
    const wrong = ROOM_ORDER.filter((room) => {
      const file = `src/rooms/${room}/README.md`
      return !files.includes(file) || read(file).split('\n').length > 41
    })
    expect(wrong).toEqual([])
  })
})

describe('habits', () => {
  test('time and chance are handed in', () => {
    const allowed = new Set(['src/platform/clock.ts', 'src/platform/ids.ts'])
    const wrong = code
      .filter((file) => file.startsWith('src/') && !allowed.has(file) && !isTest(file))
      .filter((file) => /new Date\(\)|Date\.now\(\)|Math\.random\(\)|randomUUID\(\)/.test(read(file)))
    expect(wrong).toEqual([])
  })

  test('no file is named after nothing in particular', () => {
    expect(code.filter((file) => /(^|[/.-])(utils?|helpers?|common|misc)([.-]|\/|$)/.test(file))).toEqual([])
  })

  test('no test is switched off or alone', () => {
    const wrong = code.filter(isTest).filter((file) => /\b(test|it|describe)\.(only|todo)\(/.test(read(file)))
    expect(wrong).toEqual([])
  })

  test('every table of an organization is behind the second wall and says what it is', () => {
    const wrong: string[] = []
    for (const file of files.filter((f) => /src\/rooms\/.*\.sql$/.test(f))) {
      const sql = read(file)
      for (const [, table = ''] of sql.matchAll(/^create table (\w+)/gm)) {
        if (table === 'organization') continue
        if (!sql.includes(`call peiban_tenant_table('${table}')`))
          wrong.push(`${file}: ${table} lacks peiban_tenant_table`)
        if (!new RegExp(`comment on table ${table} is`).test(sql)) wrong.push(`${file}: ${table} lacks a comment`)
        if (!new RegExp(`create table ${table} \\([\\s\\S]*?primary key \\(organization_id`).test(sql))
          wrong.push(`${file}: the primary key of ${table} does not begin with organization_id`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('texts', () => {
  type Texts = { [key: string]: string | Texts }
  const flatten = (texts: Texts, prefix = ''): string[] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [prefix + key] : flatten(value, `${prefix}${key}.`),
    )

  /** A refusal that is said of a number has two texts. */
  const withoutForm = (key: string) => key.replace(/_(one|other)$/, '')

  test('a refusal has its text in one room only, since its code is looked up in all', () => {
    const rooms = new Map<string, string[]>()
    for (const room of ROOM_ORDER) {
      const { problems = {} } = JSON.parse(read(`src/rooms/${room}/locales/zh-CN.json`)) as {
        problems?: Record<string, string>
      }
      for (const code of new Set(Object.keys(problems).map(withoutForm))) rooms.set(code, [...(rooms.get(code) ?? []), room])
    }
    expect(rooms.size).toBeGreaterThan(50)
    expect([...rooms].filter(([, list]) => list.length > 1)).toEqual([])
  })

  test('both languages have the same keys', () => {
    const wrong = files
      .filter((file) => file.endsWith('locales/zh-CN.json'))
      .flatMap((file) => {
        const zh = flatten(JSON.parse(read(file)) as Texts)
        const en = flatten(JSON.parse(read(file.replace('zh-CN', 'en'))) as Texts)
        return [...zh.filter((k) => !en.includes(k)), ...en.filter((k) => !zh.includes(k))].map(
          (key) => `${file}: ${key}`,
        )
      })
    expect(wrong).toEqual([])
  })

  test('every refusal has a text', () => {
    const texts = files
      .filter((file) => file.endsWith('locales/zh-CN.json'))
      .flatMap((file) => Object.keys(((JSON.parse(read(file)) as Texts)['problems'] ?? {}) as Texts).map(withoutForm))
    const declared = code
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        [...read(file).matchAll(/defineProblems\(\{([\s\S]*?)\}\)/g)].flatMap((m) =>
          [...m[1]!.matchAll(/^\s*(\w+): \d{3}/gm)].map((c) => c[1]!),
        ),
      )
    expect(declared.filter((codeName) => !texts.includes(codeName))).toEqual([])
  })

  test('the map and the tree agree: the rooms, their order, whose doors they call, to whose events they listen', () => {
    const rows = [...read('docs/map.md').matchAll(/^\| `([a-z-]+)` \| [^|]* \| ([^|]*) \| ([^|]*) \|$/gm)]
    const drawn = rows.map(([, room, calls, listens]) => ({ room, calls: listOf(calls!), listens: listOf(listens!) }))
    expect(drawn).toEqual(ROOM_ORDER.map((room) => ({ room, calls: doorsCalledBy(room), listens: listenedBy(room) })))
  })
})

const listOf = (cell: string) =>
  cell
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
const inOrder = (names: Iterable<string>) => ROOM_ORDER.filter((room) => new Set(names).has(room)) as string[]

function doorsCalledBy(room: string): string[] {
  const own = code.filter((file) => file.startsWith(`src/rooms/${room}/`) && !isTest(file))
  const doors = own
    .flatMap(importsOf)
    .flatMap((target) => /^src\/rooms\/([a-z-]+)\/server\/index\.ts$/.exec(target)?.[1] ?? [])
  return inOrder(doors.filter((other) => other !== room))
}

function listenedBy(room: string): string[] {
  const server = code.filter(
    (file) => file.startsWith(`src/rooms/${room}/server/`) && !isTest(file) && /\bon\(\s*[\w.]+,/.test(read(file)),
  )
  const contracts = server
    .flatMap(importsOf)
    .flatMap((target) => /^src\/rooms\/([a-z-]+)\/contract\/(?:events|\w+)\.ts$/.exec(target)?.[1] ?? [])
  return inOrder(contracts.filter((other) => other !== room))
}
