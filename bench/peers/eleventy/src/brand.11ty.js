import { aggregate, collection, crumbs, e, each, figures, heading, layout, ld, pagination, reviews, shelf, when } from "../parts.js";

const band = (counted) => `<tr><th scope="row">${counted.label}</th>${counted.days ? `<td>${counted.rate}</td><td>${counted.days}</td>` : `<td colspan="2" class="answers__none">${counted.rate}</td>`}</tr>\n`;

export default class {
  data() {
    return {
      pagination: { data: "shared.brands", size: 1, alias: "brand", addAllPagesToCollections: false },
      permalink: ({ brand }) => brand.page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ brand }) {
    const shown = brand.products.length ? [collection(brand.page, brand.name, brand.products.map((product) => ({ name: product.title, url: product.page.path })))] : [];
    const alternates = `<link rel="alternate" type="application/atom+xml" title="${e(brand.feed.text)}" href="${brand.feed.url}">
<link rel="alternate" type="application/json" title="${e(brand.name)}" href="${brand.feed.url.replace("feed.xml", "index.json")}">
`;
    return layout("brand", brand.page, ld(...shown, crumbs(brand.page)), `<div class="brand">
<div class="brand__name">
<p class="kicker">${e(brand.country)}</p>
<h1>${e(brand.name)}</h1>
</div>
${figures(brand.facts, "figures")}
</div>
${when(brand.mentions, (link) => `<p class="more"><a href="${link.url}">${e(link.text)}</a></p>
`)}${brand.products.length ? `<section class="part" aria-labelledby="things_">
${heading("things_", "Products")}
${shelf(brand.products, 3)}
</section>
` : ""}${when(brand.answers, (answers) => `<section class="part" aria-labelledby="answers_">
${heading("answers_", "How the brand answers", answers.rule)}
<table class="answers">
<thead><tr><th scope="col">Stars</th><th scope="col">Answered</th><th scope="col">Typical wait (median)</th></tr></thead>
<tbody>
${each(answers.bands, band)}</tbody>
<tfoot>
${band(answers.total)}</tfoot>
</table>
</section>
`)}${brand.reviews.length ? `<section class="part" aria-labelledby="reviews_">
${heading("reviews_", "Reviews", brand.reviews_shown)}
${when(brand.aggregate, aggregate)}${reviews(brand.reviews, 3, true)}
${pagination(brand.pagination)}<p class="more"><a href="${brand.feed.url}" type="application/atom+xml">${e(brand.feed.text)} (Atom)</a></p>
</section>` : ""}`, { alternates });
  }
}
