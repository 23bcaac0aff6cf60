// One template a kind of page, each paginated over records in memory. Nothing is in a collection, and every
// template is JavaScript, so that Eleventy runs no other engine.
import * as corpus from "./corpus.js";

export default function (config) {
  config.addGlobalData("brands", corpus.brands);
  config.addGlobalData("creators", corpus.creators);
  config.addGlobalData("lists", corpus.lists);
  config.addGlobalData("posts", corpus.posts);
  config.addGlobalData("products", corpus.products);
  config.addGlobalData("shared", corpus.site);
  config.addPassthroughCopy({ [`${corpus.folder}/assets`]: "assets" });
  return { dir: { input: "src", data: "../none", includes: "../none" }, templateFormats: ["11ty.js"] };
}
