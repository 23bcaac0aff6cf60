import { atom } from "../feeds.js";

export default class {
  data() {
    return {
      pagination: { data: "creators", size: 1, alias: "creator", addAllPagesToCollections: false },
      permalink: ({ creator }) => `${creator.path}feed.xml`,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ creator }) {
    return atom(creator);
  }
}
