import { brandDocument } from "../feeds.js";

export default class {
  data() {
    return {
      pagination: { data: "brands", size: 1, alias: "brand", addAllPagesToCollections: false },
      permalink: ({ brand }) => `${brand.page.path}index.json`,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ brand }) {
    return brandDocument(brand);
  }
}
