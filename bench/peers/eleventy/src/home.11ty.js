import { collection, e, each, figures, heading, layout, ld, pagination, strip } from "../parts.js";
import { site } from "../corpus.js";

export default class {
  data() {
    return {
      pagination: { data: "shared.homes", size: 1, alias: "home", addAllPagesToCollections: false },
      permalink: ({ home }) => home.page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ home }) {
    const { page } = home;
    const people = collection(page, site.site, home.people.map(({ name, url }) => ({ name, url })));
    return layout("home", page, ld({ "@type": "WebSite", name: site.site, url: `${site.url}/` }, people), `<div class="head head--home">
<h1>${e(home.headline)}</h1>
</div>
<section class="part" aria-labelledby="people_">
${heading("people_", "People")}
<ul class="people">
${each(home.people, (person) => `<li class="person"><div class="person__card">
<div class="person__picture person__picture--none"><span aria-hidden="true">${e(person.first)}</span></div>
<h3><a href="${person.url}">${e(person.name)}</a></h3>
<p class="person__tagline">${e(person.tagline)}</p>
<p class="person__place">${e(person.place)}</p>
${figures(person.facts, "facts")}
</div></li>
`)}</ul>
${pagination(home.pagination)}</section>
${home.posts.length ? `<section class="part part--strip" aria-labelledby="posts_">
${heading("posts_", "In pictures", "Everything with a number is named below its picture.")}
${strip(home.posts, true)}
</section>` : ""}`);
  }
}
