import { each } from "../parts.js";
import { site } from "../corpus.js";

export default class {
  data() {
    return {
      pagination: { data: "shared.sitemaps", size: 1, alias: "sitemap", addAllPagesToCollections: false },
      permalink: ({ sitemap }) => sitemap.file,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ sitemap }) {
    return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${each(sitemap.paths, (path) => `<url><loc>${site.url}${path}</loc></url>\n`)}</urlset>
`;
  }
}
