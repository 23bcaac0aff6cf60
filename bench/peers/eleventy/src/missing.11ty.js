import { e, each, layout } from "../parts.js";
import { site } from "../corpus.js";

export default class {
  data() {
    return { permalink: "/404.html", eleventyExcludeFromCollections: true };
  }

  render({ shared: { missing } }) {
    return layout("404", missing.page, "", `<div class="head">
<h1>This page does not exist</h1>
<p class="head__lede">It may have moved, or it never was. These people are here.</p>
<p class="more"><a href="/">${e(site.site)}</a></p>
</div>
<nav class="part" aria-labelledby="people_">
<div class="part__head"><h2 id="people_">People</h2></div>
<ul class="toc toc--wide">${each(missing.people, (link) => `<li><a href="${link.url}"><span class="toc__title">${e(link.text)}</span></a></li>`)}</ul>
</nav>`, { noindex: true });
  }
}
