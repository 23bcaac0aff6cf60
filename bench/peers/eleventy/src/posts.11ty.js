import { byline, collection, crumbs, each, layout, ld, teaser } from "../parts.js";

export default class {
  data() {
    return {
      pagination: { data: "creators", size: 1, alias: "creator", addAllPagesToCollections: false },
      permalink: ({ creator }) => creator.posts_page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ creator }) {
    const page = creator.posts_page;
    const data = ld(collection(page, `Posts by ${creator.name}`, creator.posts.map((post) => ({ name: post.title, url: post.path }))), crumbs(page));
    return layout("posts", page, data, `<div class="head">
<h1>In pictures</h1>
${byline(creator)}
</div>
<div class="part">
<ul class="wall">
${each(creator.posts, (post) => teaser(post, 2, false))}</ul>
</div>`);
  }
}
