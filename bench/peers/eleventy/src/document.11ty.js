import { document } from "../feeds.js";

export default class {
  data() {
    return {
      pagination: { data: "creators", size: 1, alias: "creator", addAllPagesToCollections: false },
      permalink: ({ creator }) => `${creator.path}index.json`,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ creator }) {
    return document(creator);
  }
}
