// The page of the search, and one for each letter.
import { crumbs, e, each, heading, layout, ld } from "../parts.js";
import { site } from "../corpus.js";

const box = (search) => `<div class="search" role="search" hidden data-index="${search.index}" data-parts="${search.parts}" data-found="Found" data-none="Nothing found. Try fewer letters, or go by the first letter.">
<label for="search_">Products, people, brands, categories and lists, by the first letters of their words.</label>
<input id="search_" type="text" role="combobox" aria-expanded="false" aria-controls="found_" aria-autocomplete="list" autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search">
<p role="status"></p>
<div id="found_" hidden></div>
</div>
`;

export default class {
  data() {
    return {
      pagination: { data: "shared.searches", size: 1, alias: "search", addAllPagesToCollections: false },
      permalink: ({ search }) => search.page.path,
      eleventyExcludeFromCollections: true,
    };
  }

  render({ search }) {
    const { page } = search;
    return layout("search", page, ld(crumbs(page)), `<div class="head"><h1>${e(search.title)}</h1></div>
${search.index ? box(search) : ""}<nav class="part part--small letters" aria-label="By first letter">
<h2 class="label">By first letter</h2>
<ul class="chips">${each(site.letters, ({ url, text }) => `<li><a href="${url}"${url === page.path ? ' aria-current="page"' : ""}>${text}</a></li> `)}</ul>
</nav>
${each(search.groups ?? [], (group, i) => `<section class="part part--small" aria-labelledby="group-${i + 1}">
${heading(`group-${i + 1}`, group.title)}
<ul class="register">${each(group.links, (link) => `<li><a href="${link.url}">${e(link.text)}</a></li>`)}</ul>
</section>
`)}`, { scripts: search.index ? ["search"] : [] });
  }
}
