/** The default theme without fonts from elsewhere, and a way out of a translation that does not exist yet. */
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import './style.css'

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ router, siteData }) {
    // The language menu leads to the same path under `/ko/`. Where that page is not translated, show the Korean start.
    router.onBeforeRouteChange = (to) => {
      const { base } = siteData.value
      const { koreanPages } = siteData.value.themeConfig as { koreanPages?: readonly string[] }
      const path = new URL(to, 'http://site').pathname.slice(base.length).replace(/\.html$/, '')
      if (!path.startsWith('ko/') || koreanPages === undefined || koreanPages.includes(path)) return true
      void router.go(`${base}ko/`)
      return false
    }
  },
}

export default theme
