/** Where the assembled pages lie, for who writes them and who builds the site from them. */
export const pagesFolder = 'temp/site-pages'
