import { byline, collection, crumbs, layout, ld, reviews } from "../parts.js";

export default class {
  data() {
    return {
      pagination: { data: "creators", size: 1, alias: "creator", addAllPagesToCollections: false },
      permalink: ({ creator }) => creator.reviews_page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ creator }) {
    const page = creator.reviews_page;
    const data = ld(collection(page, `Reviews by ${creator.name}`, creator.reviews.map(({ thing }) => ({ name: thing.title, url: thing.page.path }))), crumbs(page));
    return layout("reviews", page, data, `<div class="head">
<h1>Reviews</h1>
${byline(creator)}
<p class="head__note">${page.shown}</p>
</div>
<div class="part">
${reviews(creator.reviews, 2, true)}
</div>`);
  }
}
