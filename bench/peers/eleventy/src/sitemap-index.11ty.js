// Only where there are more addresses than one sitemap may hold.
import { each } from "../parts.js";
import { site } from "../corpus.js";

export default class {
  data() {
    return { permalink: site.sitemap_index.length ? "/sitemap.xml" : false, eleventyExcludeFromCollections: true };
  }

  render() {
    return `<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${each(site.sitemap_index, (path) => `<sitemap><loc>${site.url}${path}</loc></sitemap>\n`)}</sitemapindex>
`;
  }
}
