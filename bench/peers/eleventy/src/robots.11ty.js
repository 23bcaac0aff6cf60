import { site } from "../corpus.js";

export default class {
  data() {
    return { permalink: "/robots.txt", eleventyExcludeFromCollections: true };
  }

  render() {
    return `User-agent: *\nAllow: /\n\nSitemap: ${site.url}/sitemap.xml\n`;
  }
}
