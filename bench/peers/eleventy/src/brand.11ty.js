import { collection, crumbs, e, figures, heading, layout, ld, reviews, shelf } from "../parts.js";

export default class {
  data() {
    return {
      pagination: { data: "shared.brands", size: 1, alias: "brand", addAllPagesToCollections: false },
      permalink: ({ brand }) => brand.page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ brand }) {
    const data = ld(collection(brand.page, brand.name, brand.products.map((product) => ({ name: product.title, url: product.page.path }))), crumbs(brand.page));
    return layout(brand.page, data, `<div class="brand">
<div class="brand__name">
<p class="kicker">${e(brand.country)}</p>
<h1>${e(brand.name)}</h1>
</div>
${figures(brand.facts, "figures")}
</div>
<section class="part" aria-labelledby="things_">
${heading("things_", "Products")}
${shelf(brand.products, 3)}
</section>
${brand.reviews.length ? `<section class="part" aria-labelledby="reviews_">
${heading("reviews_", "Reviews", brand.reviews_shown)}
${reviews(brand.reviews, 3, true)}
</section>` : ""}`);
  }
}
