import { about, byline, card, collection, crumbs, e, each, layout, ld, share } from "../parts.js";

export default class {
  data() {
    return {
      pagination: { data: "lists", size: 1, alias: "list", addAllPagesToCollections: false },
      permalink: ({ list }) => list.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ list }) {
    const others = list.creator.lists.filter((other) => other !== list);
    const data = ld(collection(list.page, list.title, list.picks.map(({ thing }) => ({ name: thing.title, url: thing.page.path }))), crumbs(list.page));
    return layout("list", list.page, data, `<section class="list list--page hue1" id="${list.id}" aria-labelledby="${list.id}_h">
<div class="list__head">
<h1 class="list__title" id="${list.id}_h">${e(list.title)}</h1>
${byline(list.creator)}
${about(list)}${share}</div>
<ul class="cards cards--lead">
${each(list.picks, (pick, i) => card(pick, 2, i === 0))}</ul>
</section>
<nav class="part" aria-labelledby="others_">
<div class="part__head"><h2 id="others_">Further lists</h2></div>
<ul class="toc toc--wide">${each(others, (other) => `<li><a href="${other.path}"><span class="toc__title">${e(other.title)}</span></a></li>`)}</ul>
</nav>`, { scripts: ["copy"] });
  }
}
