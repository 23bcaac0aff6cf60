import { jsonFeed } from "../feeds.js";

export default class {
  data() {
    return {
      pagination: { data: "creators", size: 1, alias: "creator", addAllPagesToCollections: false },
      permalink: ({ creator }) => `${creator.path}feed.json`,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ creator }) {
    return jsonFeed(creator);
  }
}
