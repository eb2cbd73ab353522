import { expect, test } from 'vitest'
import { soundsLikeDanger } from './crisis.ts'

test.each([
  '我真的不想活了',
  '有时候觉得，活着 没意思。',
  '想 死',
  '我在攒药',
  '怕拖累孩子',
  '没想过自杀',
  'I want to DIE.',
  'thinking of self-harm again',
  'I don’t want to live',
])('"%s" does', (text) => expect(soundsLikeDanger(text)).toBe(true))

test.each([
  '',
  '今天和女儿去公园，心情不错',
  '累死了，但是值得',
  '睡得不好，老想着复查的结果',
  '笑死我了',
  'the diet is hard',
  'I skilled myself up',
])('"%s" does not', (text) => expect(soundsLikeDanger(text)).toBe(false))
