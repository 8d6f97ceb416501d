/** The theme's own words, for the Korean pages. */
import type { DefaultTheme } from 'vitepress'

export function korean(sidebar: DefaultTheme.SidebarItem[]): DefaultTheme.Config {
  return {
    sidebar,
    outline: { level: [2, 3], label: '이 페이지에서' },
    docFooter: { prev: '이전', next: '다음' },
    darkModeSwitchLabel: '화면 모드',
    lightModeSwitchTitle: '밝은 화면으로 바꾸기',
    darkModeSwitchTitle: '어두운 화면으로 바꾸기',
    sidebarMenuLabel: '차례',
    returnToTopLabel: '맨 위로',
    langMenuLabel: '언어 바꾸기',
    skipToContentLabel: '본문으로 건너뛰기',
    notFound: {
      title: '페이지를 찾을 수 없습니다',
      quote: '주소가 바뀌었거나 아직 한국어로 옮기지 않은 페이지입니다.',
      linkLabel: '처음으로',
      linkText: '처음으로',
    },
  }
}

export const koreanSearch: Partial<DefaultTheme.LocalSearchOptions> = {
  translations: {
    button: { buttonText: '검색', buttonAriaLabel: '검색' },
    modal: {
      displayDetails: '자세히 보기',
      resetButtonTitle: '검색어 지우기',
      backButtonTitle: '검색 닫기',
      noResultsText: '결과가 없습니다',
      footer: { selectText: '선택', navigateText: '이동', closeText: '닫기' },
    },
  },
}
