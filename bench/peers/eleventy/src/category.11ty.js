import { collection, crumbs, e, each, layout, ld, pagination, shelf } from "../parts.js";

export default class {
  data() {
    return {
      pagination: { data: "shared.categories", size: 1, alias: "category", addAllPagesToCollections: false },
      permalink: ({ category }) => category.page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ category }) {
    const { page } = category;
    const data = ld(collection(page, category.title, category.products.map((product) => ({ name: product.title, url: product.page.path }))), crumbs(page));
    return layout("category", page, data, `<div class="head">
<h1>${e(category.title)}</h1>
<p class="head__note">${category.count}</p>
${category.children?.length ? `<nav aria-label="Categories within"><ul class="chips">${each(category.children, (link) => `<li><a href="${link.url}">${e(link.text)}</a></li>`)}</ul></nav>\n` : ""}</div>
<div class="part">
${shelf(category.products, 2)}
${pagination(category.pagination)}</div>`);
  }
}
