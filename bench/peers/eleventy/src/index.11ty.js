import { crumbs, e, each, layout, ld } from "../parts.js";

export default class {
  data() {
    return {
      pagination: { data: "shared.indexes", size: 1, alias: "index", addAllPagesToCollections: false },
      permalink: ({ index }) => index.page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ index }) {
    return layout("index", index.page, ld(crumbs(index.page)), `<div class="head"><h1>${e(index.title)}</h1></div>
<div class="part">
<ul class="groups">
${each(index.groups, (group) => `<li class="group group--plain">
<div class="group__text">
<h2><a href="${group.url}">${e(group.title)}</a></h2>
<p class="group__count">${group.count}</p>
${group.links?.length ? `<ul class="group__links">${each(group.links, (link) => `<li><a href="${link.url}">${e(link.text)}</a></li>`)}</ul>\n` : ""}</div>
</li>
`)}</ul>
</div>`);
  }
}
