import { expect, test } from 'vitest'
import { pageSignature } from './page-ticket.ts'

test('a page is signed as the documentation shows it', () => {
  // The example of developers.weixin.qq.com, JS-SDK, appendix 1.
  const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg'
  const of = { ticket, nonce: 'Wm3WZYTPz0wzccnW', timestamp: 1414587457, url: 'http://mp.weixin.qq.com?params=value' }
  expect(pageSignature(of)).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
})
