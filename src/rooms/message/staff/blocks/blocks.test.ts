import { describe, expect, test } from 'vitest'
import { block } from '../../contract/block.ts'
import { BLOCK_KINDS } from '../../contract/block.ts'
import { blocksOf } from './from-text.ts'
import { moved, placed } from './moves.ts'
import { copyOf, newBlock } from './new-block.ts'

const texts = (text: string, button = '') => ({ text, button })

describe('a letter that was written as text', () => {
  test('becomes paragraphs, lists, headings, notices and a button, both languages side by side', () => {
    const made = blocksOf(
      texts('{{ greeting }}：\n\n一、洗手\n二、通风\n\n【每日护理】看一次伤口。\n\n【紧急情况】打 120。', '登录'),
      texts('{{ greeting }},\n\n1. Wash\n2. Air\n\nLook at the wound.\n\nCall 120.', 'Sign in'),
    )
    expect(made.map(({ id: _id, ...rest }) => rest)).toMatchObject([
      { kind: 'text', words: { zh: '{{ greeting }}：', en: '{{ greeting }},' } },
      { kind: 'list', words: { zh: '洗手\n通风', en: 'Wash\nAir' } },
      { kind: 'heading', words: { zh: '每日护理', en: '' } },
      { kind: 'text', words: { zh: '看一次伤口。', en: 'Look at the wound.' } },
      { kind: 'notice', title: { zh: '紧急情况', en: '' }, words: { zh: '打 120。', en: 'Call 120.' } },
      { kind: 'button', words: { zh: '登录', en: 'Sign in' }, to: 'link' },
    ])
  })

  test('loses nothing where one language has more paragraphs', () => {
    const made = blocksOf(texts('一\n\n二\n\n三'), texts('one'))
    expect(made.map((one) => 'words' in one && one.words)).toEqual([
      { zh: '一', en: 'one' },
      { zh: '二', en: '' },
      { zh: '三', en: '' },
    ])
  })
})

test('each kind is begun as the contract has it, and copied under another id', () => {
  for (const kind of BLOCK_KINDS) {
    const begun = newBlock(kind)
    expect(block.safeParse(begun).success, kind).toBe(true)
    const { id, ...rest } = copyOf(begun)
    expect(id).not.toBe(begun.id)
    expect(rest.kind).toBe(kind)
  }
})

test('moved by a step and dropped beside another; at the ends nothing happens', () => {
  const four = [...'abcd'].map((id) => ({ id }))
  const order = (blocks: readonly { id: string }[]) => blocks.map(({ id }) => id).join('')
  expect([moved(four, 'b', -1), moved(four, 'b', 1), moved(four, 'a', -1), moved(four, 'd', 1)].map(order)).toEqual([
    'bacd',
    'acbd',
    'abcd',
    'abcd',
  ])
  expect(
    [
      placed(four, 'a', 'c', 'after'),
      placed(four, 'd', 'a', 'before'),
      placed(four, 'b', 'b', 'after'),
      placed(four, undefined, 'a', 'after'),
    ].map(order),
  ).toEqual(['bcad', 'dabc', 'abcd', 'abcd'])
})
